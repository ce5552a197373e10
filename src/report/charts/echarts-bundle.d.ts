// The library's bundle says of itself no types: they are those of its parts.

declare module "echarts/dist/echarts.esm.min" {
  export * from "echarts";
}
