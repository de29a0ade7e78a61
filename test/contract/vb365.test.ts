import { describeContract } from './contract';

describeContract('vb365');
