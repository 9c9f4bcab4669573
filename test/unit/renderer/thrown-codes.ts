/** Which codes an AppError is made with, wherever the sources make one: read from their syntax, whatever file it is in. */
import ts from 'typescript';

export interface Source {
  file: string;
  text: string;
}

export interface ThrownCodes {
  codes: readonly string[];
  /** `file: expression` of a place whose code this cannot follow. */
  unknown: readonly string[];
}

const scriptOf = ({ file, text }: Source): string =>
  file.endsWith('.vue')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, body]) => body).join('\n')
    : text;

const visit = (node: ts.Node, look: (node: ts.Node) => void): void => {
  look(node);
  node.forEachChild((child) => visit(child, look));
};

const all = <T extends ts.Node>(within: readonly ts.Node[], is: (node: ts.Node) => node is T): T[] => {
  const found: T[] = [];
  for (const one of within) visit(one, (node) => is(node) && found.push(node));
  return found;
};

const isNamed = (node: ts.Node | undefined, name: string): boolean =>
  node !== undefined && ts.isIdentifier(node) && node.text === name;

/** `new AppError(code, …)`, and `super(code, …)` of a class that extends it. */
const codeGiven = (node: ts.Node): ts.Expression | undefined => {
  if (ts.isNewExpression(node) && isNamed(node.expression, 'AppError')) return node.arguments?.[0];
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.SuperKeyword) return undefined;
  const owner = ts.findAncestor(node, ts.isClassDeclaration);
  const parents = owner?.heritageClauses?.flatMap(({ types }) => [...types]) ?? [];
  return parents.some(({ expression }) => isNamed(expression, 'AppError')) ? node.arguments[0] : undefined;
};

const withoutConst = (node: ts.Expression): ts.Expression =>
  ts.isAsExpression(node) || ts.isSatisfiesExpression(node) ? withoutConst(node.expression) : node;

const functionName = (node: ts.Node): string | undefined => {
  if (ts.isFunctionDeclaration(node)) return node.name?.text;
  return ts.isVariableDeclaration(node.parent) && ts.isIdentifier(node.parent.name) ? node.parent.name.text : undefined;
};

export const thrownCodes = (sources: readonly Source[]): ThrownCodes => {
  const parsed = new Map<string, ts.SourceFile>();
  /** Only what speaks of a word is parsed. */
  const filesWith = (word: string): ts.SourceFile[] =>
    sources
      .filter(({ text }) => text.includes(word))
      .map((source) => {
        const known = parsed.get(source.file);
        if (known) return known;
        const made = ts.createSourceFile(source.file, scriptOf(source), ts.ScriptTarget.Latest, true);
        parsed.set(source.file, made);
        return made;
      });

  /** Its own file first: another's constant of the same name is another one. */
  const constantOf = (name: string, from: ts.SourceFile): ts.Expression | undefined => {
    const within = (files: ts.SourceFile[]) =>
      all(files, ts.isVariableDeclaration).find((one) => isNamed(one.name, name) && one.initializer)?.initializer;
    return within([from]) ?? within(filesWith(`export const ${name}`));
  };

  const keysOf = (table: ts.Expression | undefined): string[] | undefined => {
    const object = table && withoutConst(table);
    if (!object || !ts.isObjectLiteralExpression(object)) return undefined;
    return object.properties.flatMap(({ name }) =>
      name && (ts.isStringLiteral(name) || ts.isIdentifier(name)) ? [name.text] : [],
    );
  };

  /** `keyof typeof table`, by that or another name; undefined for any other type. */
  const keysOfType = (type: ts.TypeNode | undefined, from: ts.SourceFile): string[] | undefined => {
    if (!type) return undefined;
    if (ts.isTypeOperatorNode(type) && ts.isTypeQueryNode(type.type) && ts.isIdentifier(type.type.exprName)) {
      return keysOf(constantOf(type.type.exprName.text, from));
    }
    if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return undefined;
    const { text } = type.typeName;
    const alias = all([from, ...filesWith(`export type ${text} `)], ts.isTypeAliasDeclaration).find(
      (one) => one.name.text === text,
    );
    return alias && keysOfType(alias.type, alias.getSourceFile());
  };

  const allOf = (parts: readonly ts.Expression[]): string[] | undefined => {
    const found = parts.map((part) => codesOf(part));
    return found.every((one) => one !== undefined) ? found.flat() : undefined;
  };

  const ofParameter = (parameter: ts.ParameterDeclaration): string[] | undefined => {
    const from = parameter.getSourceFile();
    const keys = keysOfType(parameter.type, from);
    if (keys) return keys;
    const name = functionName(parameter.parent);
    if (name === undefined) return undefined;
    const place = parameter.parent.parameters.indexOf(parameter);
    const files = [from, ...filesWith(name).filter((file) => file !== from && /\bimport\b/.test(file.text))];
    const calls = all(files, ts.isCallExpression).filter(
      ({ expression, parent }) =>
        isNamed(expression, name) &&
        (parent.getSourceFile() === from || new RegExp(`import[^;]*\\b${name}\\b`).test(parent.getSourceFile().text)),
    );
    return calls.length === 0 ? undefined : allOf(calls.flatMap((call) => call.arguments[place] ?? []));
  };

  /** `for (const [code, …] of Object.entries(table))` */
  const ofEntries = (name: string, node: ts.Node): string[] | undefined => {
    const loop = ts.findAncestor(node, (one): one is ts.ForOfStatement => ts.isForOfStatement(one));
    if (!loop || !ts.isVariableDeclarationList(loop.initializer)) return undefined;
    const [declared] = loop.initializer.declarations;
    const first = declared && ts.isArrayBindingPattern(declared.name) ? declared.name.elements[0] : undefined;
    const { expression } = loop;
    if (!first || !ts.isBindingElement(first) || !isNamed(first.name, name)) return undefined;
    if (!ts.isCallExpression(expression) || expression.expression.getText() !== 'Object.entries') return undefined;
    const [table] = expression.arguments;
    return table && ts.isIdentifier(table) ? keysOf(constantOf(table.text, node.getSourceFile())) : undefined;
  };

  const ofName = (node: ts.Identifier): string[] | undefined => {
    for (let owner: ts.Node | undefined = node.parent; owner; owner = owner.parent) {
      const parameter = ts.isFunctionLike(owner)
        ? owner.parameters.find(({ name }) => isNamed(name, node.text))
        : undefined;
      if (parameter && ts.isParameter(parameter)) return ofParameter(parameter);
    }
    const entries = ofEntries(node.text, node);
    if (entries) return entries;
    const constant = constantOf(node.text, node.getSourceFile());
    return constant && codesOf(withoutConst(constant));
  };

  const codesOf = (node: ts.Expression): string[] | undefined => {
    if (ts.isStringLiteralLike(node)) return [node.text];
    if (ts.isConditionalExpression(node)) return allOf([node.whenTrue, node.whenFalse]);
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) {
      return allOf([node.left, node.right]);
    }
    // The code of an error that was made elsewhere: it is passed on.
    if (ts.isPropertyAccessExpression(node) && node.name.text === 'code') return [];
    return ts.isIdentifier(node) ? ofName(node) : undefined;
  };

  const codes = new Set<string>();
  const unknown: string[] = [];
  for (const file of filesWith('AppError')) {
    visit(file, (node) => {
      const given = codeGiven(node);
      if (!given) return;
      const found = codesOf(given);
      if (found) for (const code of found) codes.add(code);
      else unknown.push(`${file.fileName}: ${given.getText()}`);
    });
  }
  return { codes: [...codes], unknown };
};
