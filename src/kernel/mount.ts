// A file system mounted for this process alone: in a mount namespace of its own, so that nothing is left when it ends, however it ends.

import { mount, succeed, unshare } from "./libc.ts";

/** linux/sched.h, linux/mount.h */
const CLONE_NEWNS = 0x00020000;
const MS_REC = 0x4000;
const MS_PRIVATE = 1 << 18;

/**
 * Puts the main thread into a mount namespace of its own for the rest of its life, and mounts there. Only synchronous
 * calls see it, and children: libuv's pool threads stay where they were. EPERM for anybody but real root.
 */
export function mountPrivately(type: string, folder: string): void {
  succeed("unshare(CLONE_NEWNS)", unshare(CLONE_NEWNS));
  succeed("mount(MS_PRIVATE) of /", mount("none", "/", null, MS_REC | MS_PRIVATE, null));
  succeed(`mount of ${type} on ${folder}`, mount(type, folder, type, 0, null));
}
