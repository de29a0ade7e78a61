import { describeContract } from './contract';
import { VBR } from './vbr';

describeContract(VBR, (index) => index % 2 === 1);
