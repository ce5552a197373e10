// Asks of a value from a JSON file what its zod schema asks, many times as fast, since it makes nothing: a yes is the schema's yes. After a no the schema is asked itself, and says why.

import type { z } from "zod";

/** Whether it is sure that the schema accepts the value as it stands. */
export type Check = (value: unknown) => boolean;

type Definition = z.core.$ZodTypes["_zod"]["def"];
type DefinitionOf<T extends Definition["type"]> = Extract<Definition, { readonly type: T }>;

/** Where a schema holds something that is not known here nothing is taken for granted. */
const NOT_SURE: Check = () => false;

export function quickCheck(schema: z.core.$ZodType): Check {
  const def = definitionOf(schema);
  switch (def.type) {
    case "string":
      return stringCheck(def);
    case "number":
      return numberCheck(def);
    case "literal":
      return isOneOf(def.values);
    case "enum":
      return isOneOf(Object.values(def.entries));
    case "nullable":
      return orElse(null, def.innerType);
    case "optional":
      return orElse(undefined, def.innerType);
    case "array":
      return arrayCheck(def);
    case "record":
      return recordCheck(def);
    case "union":
      return unionCheck(def);
    case "object":
      return objectCheck(def);
    default:
      return NOT_SURE;
  }
}

const definitionOf = (schema: z.core.$ZodType): Definition => (schema as z.core.$ZodTypes)._zod.def;

const checksOf = ({ checks = [] }: { readonly checks?: readonly z.core.$ZodCheck<never>[] | undefined }) =>
  checks.map((check) => (check as z.core.$ZodCheck)._zod.def as z.core.$ZodChecks["_zod"]["def"]);

function stringCheck(def: DefinitionOf<"string">): Check {
  if ("format" in def) return NOT_SURE;
  const patterns: RegExp[] = [];
  for (const check of checksOf(def)) {
    if (check.check !== "string_format" || check.format !== "regex" || check.pattern === undefined) return NOT_SURE;
    if (check.pattern.global || check.pattern.sticky) return NOT_SURE;
    patterns.push(check.pattern);
  }
  const [first, ...more] = patterns;
  if (first === undefined) return (value) => typeof value === "string";
  return (value) => typeof value === "string" && first.test(value) && more.every((pattern) => pattern.test(value));
}

function numberCheck(def: DefinitionOf<"number">): Check {
  let [least, most] = [-Infinity, Infinity];
  for (const check of checksOf(def)) {
    if ((check.check !== "less_than" && check.check !== "greater_than") || !check.inclusive) return NOT_SURE;
    if (check.check === "less_than") most = Math.min(most, Number(check.value));
    else least = Math.max(least, Number(check.value));
  }
  const isKind = !("format" in def) ? Number.isFinite : def.format === "safeint" ? Number.isSafeInteger : NOT_SURE;
  return (value) => typeof value === "number" && isKind(value) && value >= least && value <= most;
}

function isOneOf(values: readonly unknown[]): Check {
  const known = new Set(values);
  return (value) => known.has(value);
}

function orElse(other: null | undefined, inner: z.core.$ZodType): Check {
  const isInner = quickCheck(inner);
  return (value) => value === other || isInner(value);
}

function arrayCheck(def: DefinitionOf<"array">): Check {
  if (checksOf(def).length > 0) return NOT_SURE;
  const isElement = quickCheck(def.element);
  return (value) => Array.isArray(value) && value.every(isElement);
}

function recordCheck(def: DefinitionOf<"record">): Check {
  const key = definitionOf(def.keyType);
  if (checksOf(def).length > 0 || key.type !== "string" || checksOf(key).length > 0) return NOT_SURE;
  const isValue = quickCheck(def.valueType);
  return (value) => {
    if (!isObject(value)) return false;
    // zod leaves this one out of what it makes.
    for (const name in value) if (name === "__proto__" || !isValue(value[name])) return false;
    return true;
  };
}

function unionCheck(def: DefinitionOf<"union">): Check {
  if (checksOf(def).length > 0) return NOT_SURE;
  if ("discriminator" in def && typeof def.discriminator === "string")
    return discriminatedCheck(def.options, def.discriminator);
  if (def.inclusive === false) return NOT_SURE;
  const options = def.options.map(quickCheck);
  return (value) => options.some((isOption) => isOption(value));
}

function discriminatedCheck(options: readonly z.core.$ZodType[], discriminator: string): Check {
  const byName = new Map<unknown, Check>();
  for (const option of options) {
    const def = definitionOf(option);
    const named = def.type === "object" ? def.shape[discriminator] : undefined;
    const name = named === undefined ? undefined : definitionOf(named);
    if (name?.type !== "literal") return NOT_SURE;
    for (const value of name.values) byName.set(value, quickCheck(option));
  }
  return (value) => isObject(value) && byName.get(value[discriminator])?.(value) === true;
}

/** Strict ones alone: a name that is not in the shape is no field. */
function objectCheck(def: DefinitionOf<"object">): Check {
  if (checksOf(def).length > 0 || def.catchall === undefined || definitionOf(def.catchall).type !== "never")
    return NOT_SURE;
  const shape = Object.entries(def.shape);
  const fields = new Map(shape.map(([name, field]) => [name, quickCheck(field)]));
  const required = new Set(shape.flatMap(([name, field]) => (definitionOf(field).type === "optional" ? [] : [name])));
  return (value) => {
    if (!isObject(value)) return false;
    let missing = required.size;
    for (const name in value) {
      if (fields.get(name)?.(value[name]) !== true) return false;
      if (required.has(name)) missing--;
    }
    return missing === 0;
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
