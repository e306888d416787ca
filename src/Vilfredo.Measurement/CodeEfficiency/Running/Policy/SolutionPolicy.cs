using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Policy;

/// <summary>Looks through a compiled sample's metadata for what it must not use, before anything of it runs.</summary>
/// <remarks>
/// An allow-list of framework types and members: data, arithmetic, text, collections and LINQ. Files, network, processes, reflection,
/// threads (a second thread hides its cost from the meter), control of the process or the collector, native calls, module initialisers and
/// function pointers are refused. <b>This is a guard against accidents, not a security boundary</b>: that is the child process'
/// sandbox. Safe for use from several threads.
/// </remarks>
public static class SolutionPolicy
{
    /// <summary>Checks an assembly.</summary>
    /// <param name="assembly">The bytes that the compiler emitted.</param>
    /// <returns>What is not allowed, each once, in the order of the metadata; empty for an assembly that may run.</returns>
    /// <exception cref="BadImageFormatException">The bytes are no .NET assembly.</exception>
    public static IReadOnlyList<PolicyViolation> Check(ReadOnlyMemory<byte> assembly)
    {
        using var image = new PEReader(new MemoryStream(assembly.ToArray()));
        var metadata = image.GetMetadataReader();
        var violations = new List<PolicyViolation>();
        if (metadata.GetTableRowCount(TableIndex.ImplMap) > 0)
            violations.Add(new PolicyViolation("DllImport", "calls into native libraries are not allowed"));
        AddModuleInitialisers(metadata, violations);
        AddTypes(metadata, violations);
        AddMembers(metadata, violations);
        AddFunctionPointers(metadata, violations);
        return [.. violations.Distinct()];
    }

    private static void AddModuleInitialisers(MetadataReader metadata, List<PolicyViolation> violations)
    {
        // The first type of every module is <Module>; a static constructor there runs when the module is loaded.
        var module = metadata.GetTypeDefinition(metadata.TypeDefinitions.First());
        foreach (var handle in module.GetMethods())
        {
            if (metadata.GetString(metadata.GetMethodDefinition(handle).Name) == ".cctor")
                violations.Add(new PolicyViolation("ModuleInitializer", "code that runs when the sample is loaded is not allowed"));
        }
    }

    private static void AddTypes(MetadataReader metadata, List<PolicyViolation> violations)
    {
        foreach (var handle in metadata.TypeReferences)
        {
            var (space, name) = OutermostName(metadata, handle);
            if (!AllowedSurface.AllowsType(space, name))
                violations.Add(new PolicyViolation($"{space}.{name}", "the type is not on the list of what samples may use"));
        }
    }

    private static void AddMembers(MetadataReader metadata, List<PolicyViolation> violations)
    {
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference) continue;
            var (space, name) = OutermostName(metadata, (TypeReferenceHandle)member.Parent);
            var type = $"{space}.{name}";
            var memberName = metadata.GetString(member.Name);
            if (AllowedSurface.AllowsType(space, name) && !AllowedSurface.AllowsMember(type, memberName))
                violations.Add(new PolicyViolation($"{type}.{memberName}", "the member is not on the list of what samples may use"));
        }
    }

    private static void AddFunctionPointers(MetadataReader metadata, List<PolicyViolation> violations)
    {
        // A call through a pointer needs a signature of its own; those of local variables are the other kind.
        for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.StandAloneSig); row++)
        {
            if (metadata.GetStandaloneSignature(MetadataTokens.StandaloneSignatureHandle(row)).GetKind() == StandaloneSignatureKind.Method)
                violations.Add(new PolicyViolation("FunctionPointer", "calls through function pointers are not allowed"));
        }
    }

    /// <summary>Namespace and name of a type, or of the outermost type around a nested one, which alone has a namespace.</summary>
    private static (string Space, string Name) OutermostName(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        while (type.ResolutionScope.Kind == HandleKind.TypeReference) type = metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
        return (metadata.GetString(type.Namespace), metadata.GetString(type.Name));
    }
}
