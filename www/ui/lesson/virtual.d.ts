declare module "virtual:formulas" {
  /** MathML by the formula's name. */
  const formulas: Record<string, string>;
  export default formulas;
}
