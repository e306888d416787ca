using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Compiling;

/// <summary>Makes a library out of whatever form a model answered in.</summary>
/// <remarks>
/// Methods and typed variables that stand outside of any type move into a static class <c>Solution</c>; other top-level statements
/// (sample calls, prints) are dropped. Text that already consists of types is left as it is. Line numbers stay those of the sample.
/// </remarks>
internal static class SolutionShape
{
    private const string ClassName = "Solution";

    public static SyntaxTree ToLibrary(SyntaxTree tree)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot();
        var loose = root.Members.Where(member => member is not (BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax or DelegateDeclarationSyntax)).ToList();
        if (loose.Count == 0) return tree;

        // Where the sample has a class of that name too, the loose methods go into another.
        var name = root.Members.OfType<BaseTypeDeclarationSyntax>().Any(type => type.Identifier.Text == ClassName) ? "LooseMembers" : ClassName;
        var lines = root.SyntaxTree.GetText();
        var members = string.Concat(loose.Select(member => AtItsLine(member, AsMember(member.WithoutLeadingTrivia()), lines)));
        var kept = root.RemoveNodes(loose, SyntaxRemoveOptions.KeepNoTrivia)!.ToFullString();
        var text = $"{kept}\n#line 1\npublic static partial class {name} {{\n{members}\n}}\n";
        return CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options, tree.FilePath);
    }

    private static string AtItsLine(SyntaxNode node, string text, Microsoft.CodeAnalysis.Text.SourceText lines) =>
        text.Length == 0 ? "" : $"#line {lines.Lines.GetLinePosition(node.SpanStart).Line + 1}\n{text}\n";

    private static string AsMember(MemberDeclarationSyntax member) => member switch
    {
        GlobalStatementSyntax { Statement: LocalFunctionStatementSyntax function } =>
            function.WithModifiers(WithStatic(function.Modifiers)).ToString(),
        GlobalStatementSyntax { Statement: LocalDeclarationStatementSyntax { Declaration.Type.IsVar: false, UsingKeyword.RawKind: 0 } variable } =>
            (variable.IsConst ? "" : "static ") + variable,
        GlobalStatementSyntax => "",
        MethodDeclarationSyntax method => method.WithModifiers(WithStatic(method.Modifiers)).ToString(),
        FieldDeclarationSyntax field when !field.Modifiers.Any(SyntaxKind.ConstKeyword) => field.WithModifiers(WithStatic(field.Modifiers)).ToString(),
        _ => member.ToString(),
    };

    private static SyntaxTokenList WithStatic(SyntaxTokenList modifiers)
    {
        var kept = modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.StaticKeyword));
        return SyntaxFactory.TokenList([SyntaxFactory.Token(SyntaxKind.StaticKeyword).WithTrailingTrivia(SyntaxFactory.Space), .. kept]);
    }
}
