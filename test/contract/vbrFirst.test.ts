import { describeContract } from './contract';

describeContract('vbr', (index) => index % 2 === 0);
