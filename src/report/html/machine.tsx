// The machine of a run: its tools, its witnesses, and the sysctls that bear on TCP.

import { printable } from "../view/printable.ts";
import type { EnvironmentView } from "../view/run-view.ts";
import { pinRows, RESTS_ON, sysctlRows } from "../view/sysctl-rows.ts";

export function Machine({ environment }: { readonly environment: EnvironmentView }) {
  const { kernel, kernelBuild, machine, node, tools = {}, witnesses = [], configHz } = environment;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["kernel", [kernel, kernelBuild, machine].filter(Boolean).join(", ")],
    ["timer ticks", configHz === undefined ? undefined : `${configHz} a second (CONFIG_HZ)`],
    ["witnesses", witnesses.length === 0 ? undefined : `wire, ${witnesses.join(", ")}`],
    ["Node", node],
    ...Object.entries(tools),
  ];
  const rows = sysctlRows(environment);
  const pins = pinRows(environment);
  return (
    <section id="machine">
      <h2>The machine</h2>
      <dl class="grounds">
        {facts.map(([name, value]) =>
          value === undefined ? null : (
            <>
              <dt>{printable(name)}</dt>
              <dd>{printable(value)}</dd>
            </>
          ),
        )}
      </dl>
      {pins.length > 0 && (
        <details class="part">
          <summary>
            <h3>{RESTS_ON}</h3> <span class="count">{pins.length}</span>
          </summary>
          <div class="scroll">
            <table class="sysctls">
              <thead>
                <tr>
                  <th scope="col">sysctl</th>
                  <th scope="col">value</th>
                  <th scope="col">why</th>
                </tr>
              </thead>
              <tbody>
                {pins.map(({ name, value, because }) => (
                  <tr key={name}>
                    <th scope="row">{printable(name)}</th>
                    <td>{printable(value)}</td>
                    <td>{because}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
      {rows.length > 0 && (
        <details class="part">
          <summary>
            <h3>Sysctls of the namespace and of the host</h3> <span class="count">{rows.length}</span>
          </summary>
          <div class="scroll">
            <table class="sysctls">
              <thead>
                <tr>
                  <th scope="col">sysctl</th>
                  <th scope="col">namespace</th>
                  <th scope="col">host</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ name, own, outside }) => (
                  <tr class={own === outside ? "same" : "differs"} key={name}>
                    <th scope="row">{printable(name)}</th>
                    <td>{printable(own)}</td>
                    <td>{own === outside ? "the same" : printable(outside)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </section>
  );
}
