import { describeContract } from './contract';

describeContract('vspc');
