using System.Reflection;
using System.Xml.Linq;

namespace Vilfredo.Cli.Tests;

/// <summary>The layers of the solution, and what holds for each of them.</summary>
public class ArchitectureTests
{
    // From the bottom up; an assembly may reference those before it, never those after it.
    private static readonly string[] Layers =
    [
        "Vilfredo", "Vilfredo.Optimization", "Vilfredo.Studies", "Vilfredo.CodeHost", "Vilfredo.Measurement", "Vilfredo.Neural", "Vilfredo.Adaptation",
        "Vilfredo.Reinforcement", "Vilfredo.Inference", "Vilfredo.Generation", "Vilfredo.Reproductions", "Vilfredo.Server", "Vilfredo.Cli",
    ];

    public static TheoryData<string> Assemblies => [.. Layers.Where(name => File.Exists(PathOf(name)))];

    [Fact]
    public void The_layers_that_exist_are_checked() =>
        Assert.Empty(((string[])["Vilfredo", "Vilfredo.Optimization", "Vilfredo.Studies", "Vilfredo.Cli"]).Except(Assemblies.Select(row => row.Data)));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_layer_references_only_layers_below_it(string name)
    {
        var below = Layers.TakeWhile(layer => layer != name).ToList();
        var referenced = Load(name).GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(reference => reference.StartsWith("Vilfredo", StringComparison.Ordinal));
        Assert.All(referenced, reference => Assert.Contains(reference, below));
    }

    [Fact]
    public void The_core_references_only_the_framework() =>
        Assert.All(
            Load("Vilfredo").GetReferencedAssemblies(),
            reference => Assert.True(reference.Name!.StartsWith("System", StringComparison.Ordinal), reference.Name));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Public_types_are_documented(string name)
    {
        var documented = XDocument.Load(Path.ChangeExtension(PathOf(name), ".xml")).Descendants("member")
            .Where(member => member.Element("summary") is not null || member.Element("inheritdoc") is not null)
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet();
        var types = Load(name).GetExportedTypes().Select(type => $"T:{type.FullName!.Replace('+', '.')}");
        Assert.All(types, type => Assert.Contains(type, documented));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Static_fields_do_not_change(string name)
    {
        var fields =
            from type in Load(name).GetTypes()
            where !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), inherit: false)
            from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where !field.IsLiteral && !field.IsInitOnly
            where !field.Name.Contains('<') // caches the compiler makes for lambdas and literals
            select $"{type.FullName}.{field.Name}";
        Assert.Empty(fields);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_namespace_has_the_name_of_a_type(string name)
    {
        var types = Load(name).GetExportedTypes();
        var namespaces = types.Select(type => type.Namespace).ToHashSet();
        Assert.All(types, type => Assert.DoesNotContain(type.FullName, namespaces));
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, name + ".dll");

    private static Assembly Load(string name) => Assembly.LoadFrom(PathOf(name));
}
