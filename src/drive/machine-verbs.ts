// What a lab asks of the machine itself: a setting, and how many ports it has to give away.

import { KernelError } from "../kernel/libc.ts";
import type { Visitable } from "../kernel/network-namespace.ts";
import { readSysctl, writeSysctl } from "../kernel/sysctl.ts";
import { refused, type StepResult, type StepRunner } from "./step-runner.ts";

export interface MachineCalls {
  /** Writes a sysctl of the scene's namespace, "net.ipv4.tcp_tw_reuse"; the outcome is an errno where there is none. */
  setSysctl(name: string, value: string): Promise<void>;
  /**
   * Works out how many connections to one destination ip_local_port_range allows while each blocks its port for 60 s:
   * "28232 ports, 470 connections a second".
   */
  countPorts(): Promise<void>;
}

const PORT_RANGE = "net.ipv4.ip_local_port_range";
const TIME_WAIT_SECONDS = 60;

export class MachineVerbs implements MachineCalls {
  private readonly place: Visitable;
  private readonly runner: StepRunner;

  constructor(place: Visitable, runner: StepRunner) {
    this.place = place;
    this.runner = runner;
  }

  setSysctl(name: string, value: string): Promise<void> {
    return this.call(`set ${name}`, () => {
      const outcome = this.place.inside(() => tryWriting(name, value));
      return { sentence: `The lab writes ${value} to ${name}: ${outcome.ok ? "done" : outcome.error}.`, outcome };
    });
  }

  countPorts(): Promise<void> {
    return this.call("count ports", () => {
      const range = this.place.inside(() => readSysctl(PORT_RANGE));
      if (range === undefined) return { sentence: `${PORT_RANGE} cannot be read.`, outcome: refused("ENOENT") };
      const [first = 0, last = 0] = range.split(" ").map(Number);
      const ports = last - first + 1;
      const value = `${ports} ports, ${Math.floor(ports / TIME_WAIT_SECONDS)} connections a second`;
      const sentence = `The lab reads ${PORT_RANGE}: ${range}. ${ports} ports, each blocked for ${TIME_WAIT_SECONDS} s: ${value}.`;
      return { sentence, outcome: { ok: true, value } };
    });
  }

  private call(step: string, execute: () => StepResult): Promise<void> {
    return this.runner.runStep({ actor: "lab", name: step, execute });
  }
}

function tryWriting(name: string, value: string): StepResult["outcome"] {
  try {
    writeSysctl(name, value);
    return { ok: true };
  } catch (error) {
    if (error instanceof KernelError) return refused(error.errno);
    throw error;
  }
}
