// Whether a process is there, of whoever it is (kill(2) with signal 0): what a killed run left behind may then be swept.

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
