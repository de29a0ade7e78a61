import { describeContract } from './vbr';

describeContract((index) => index % 2 === 1);
