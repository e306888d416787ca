using System.Security.Cryptography;
using System.Text;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Compiling;

/// <summary>Compiles C# samples in this process, against the reference assemblies of .NET 10.</summary>
/// <remarks>
/// Optimised, deterministic, without unsafe code, overflow unchecked. The first compilation of a process takes seconds, later ones
/// tens of milliseconds, so keep one process for many samples. Compiling does not run any of the sample's code. Safe for use from
/// several threads.
/// </remarks>
public static class SolutionCompiler
{
    private const int MostErrors = 20;

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, DocumentationMode.None);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        checkOverflow: false,
        allowUnsafe: false,
        deterministic: true,
        concurrentBuild: false,
        reportSuppressedDiagnostics: false,
        generalDiagnosticOption: ReportDiagnostic.Suppress);

    private static readonly SyntaxTree DefaultUsings = CSharpSyntaxTree.ParseText(
        """
        global using System;
        global using System.Collections.Generic;
        global using System.Globalization;
        global using System.Linq;
        global using System.Numerics;
        global using System.Text;
        global using System.Text.RegularExpressions;
        """,
        Parsing);

    /// <summary>Compiles a sample and finds its entry point.</summary>
    /// <param name="source">The code: types, or bare methods, which are put into a class; see <see cref="ModelAnswer"/> for a model's text.</param>
    /// <param name="entryPoint">
    /// The method to call, by its exact name: static, or an instance method of a class that can be made without arguments. Of several the
    /// first public one is taken. <c>Type.Method</c> names one in a certain type.
    /// </param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The solution or the errors; a sample that does not compile is a result, not an exception.</returns>
    /// <exception cref="ArgumentException"><paramref name="entryPoint"/> is empty.</exception>
    public static CompileResult Compile(string source, string entryPoint, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrWhiteSpace(entryPoint);
        var name = "Sample_" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..16];
        var tree = SolutionShape.ToLibrary(CSharpSyntaxTree.ParseText(source, Parsing, "sample.cs", cancellationToken: cancellation));
        var compilation = CSharpCompilation.Create(name, [DefaultUsings, tree], Net100.References.All, Options);
        using var stream = new MemoryStream();
        var emitted = compilation.Emit(stream, cancellationToken: cancellation);
        if (!emitted.Success)
        {
            var errors = emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            return CompileResult.Failed([.. errors.Take(MostErrors).Select(Describe)]);
        }

        var methods = Methods(compilation, tree, cancellation);
        var found = methods.FirstOrDefault(method => IsNamed(method, entryPoint) && method.DeclaredAccessibility == Accessibility.Public)
            ?? methods.FirstOrDefault(method => IsNamed(method, entryPoint));
        if (found is null)
        {
            var names = methods.Select(method => method.Name).Distinct().Take(MostErrors).ToList();
            return CompileResult.Failed($"There is no method '{entryPoint}'; the sample has {(names.Count == 0 ? "none" : string.Join(", ", names))}.");
        }

        if (FindProblem(found) is { } problem) return CompileResult.Failed($"The entry point '{entryPoint}' {problem}.");
        return new CompileResult(
            new CompiledSolution
            {
                Assembly = stream.ToArray(),
                TypeName = MetadataName(found.ContainingType),
                MethodName = found.Name,
                ParameterCount = found.Parameters.Length,
            },
            []);
    }

    private static List<IMethodSymbol> Methods(CSharpCompilation compilation, SyntaxTree tree, CancellationToken cancellation)
    {
        var model = compilation.GetSemanticModel(tree);
        return [.. tree.GetRoot(cancellation).DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Select(method => model.GetDeclaredSymbol(method, cancellation)).OfType<IMethodSymbol>()];
    }

    private static bool IsNamed(IMethodSymbol method, string entryPoint) =>
        method.Name == entryPoint || $"{method.ContainingType.Name}.{method.Name}" == entryPoint;

    private static string? FindProblem(IMethodSymbol method)
    {
        if (method.IsGenericMethod || method.ContainingType.IsGenericType) return "is generic; give it concrete types";
        if (method.Parameters.Any(parameter => parameter.RefKind != RefKind.None)) return "takes an argument by reference; take it by value";
        if (method.IsStatic) return null;
        return method.ContainingType is { IsAbstract: false, TypeKind: TypeKind.Class or TypeKind.Struct } type
            && (type.TypeKind == TypeKind.Struct || type.InstanceConstructors.Any(constructor => constructor.Parameters.IsEmpty))
            ? null
            : "is an instance method of a type that cannot be made without arguments; make it static";
    }

    private static string MetadataName(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer) return MetadataName(outer) + '+' + type.MetadataName;
        return type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{type.MetadataName}" : type.MetadataName;
    }

    private static string Describe(Diagnostic diagnostic)
    {
        var at = diagnostic.Location.GetMappedLineSpan().StartLinePosition;
        return $"({at.Line + 1},{at.Character + 1}): {diagnostic.Id}: {diagnostic.GetMessage()}";
    }
}
