// Loaded into a child of pinned.mjs: when the parent is gone, even by `kill -9`, the child ends in good order.
// The mark keeps it from acting in the child's own children, which inherit the command line.
if (process.env.TESSERA_LEAVE_WITH_PARENT && process.channel) {
  delete process.env.TESSERA_LEAVE_WITH_PARENT;
  process.channel.unref();
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}
