import { compareSpeed, speedLines } from '/work/wt-http/test/bench/bareLoop';
(async () => {
const { VeeamBackupReplication } = await import('/work/wt-http/dist/nodes/VeeamBackupReplication/VeeamBackupReplication.node.js') as any;
const { VeeamBackupReplicationApi } = await import('/work/wt-http/dist/credentials/VeeamBackupReplicationApi.credentials.js') as any;
for (const l of speedLines(await compareSpeed(new VeeamBackupReplication(), VeeamBackupReplicationApi))) console.log(l);
})();
