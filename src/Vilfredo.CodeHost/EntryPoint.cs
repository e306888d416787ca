using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text.Json;

namespace Vilfredo.CodeHost;

/// <summary>The sample's method, loaded, compiled to machine code and ready to call.</summary>
internal sealed class EntryPoint
{
    private const BindingFlags AnyMethod =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly byte[] image;
    private readonly string typeName;
    private readonly string methodName;
    private Type type = null!;
    private MethodInfo method = null!;
    private MethodInvoker invoker = null!;

    public EntryPoint(byte[] image, string typeName, string methodName)
    {
        this.image = image;
        this.typeName = typeName;
        this.methodName = methodName;
        Load();
        KeepsState = type.Assembly.GetTypes().Any(candidate =>
            !candidate.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
            && candidate.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Any(field => !field.IsLiteral));
    }

    /// <summary>Whether the sample has static fields, in which an earlier run could leave results for a later one.</summary>
    public bool KeepsState { get; }

    /// <summary>Makes a run: fresh arguments, a new object for an instance method, static fields as at the start.</summary>
    /// <param name="values">A JSON array with one value per parameter.</param>
    /// <exception cref="FormatException">The values do not fit the parameters.</exception>
    public PreparedCall Prepare(JsonElement values)
    {
        if (KeepsState) Load();
        var parameters = method.GetParameters();
        if (values.GetArrayLength() != parameters.Length)
            throw new FormatException($"The call has {values.GetArrayLength()} arguments, the entry point takes {parameters.Length}.");
        var arguments = new object?[parameters.Length];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = ValueReader.Read(values[i], parameters[i].ParameterType);
        return new PreparedCall(invoker, method.IsStatic ? null : Activator.CreateInstance(type, nonPublic: true), arguments);
    }

    private void Load()
    {
        var context = new AssemblyLoadContext("sample");
        var assembly = context.LoadFromStream(new MemoryStream(image));
        type = assembly.GetType(typeName, throwOnError: true)!;
        var candidates = Array.FindAll(type.GetMethods(AnyMethod), candidate => candidate.Name == methodName);
        method = Array.Find(candidates, candidate => candidate.IsPublic) ?? candidates.FirstOrDefault()
            ?? throw new MissingMethodException(typeName, methodName);
        invoker = MethodInvoker.Create(method);
        foreach (var owner in assembly.GetTypes().Where(candidate => !candidate.ContainsGenericParameters))
        {
            // Machine code before the first run, so that no run pays for it.
            foreach (var body in owner.GetMethods(AnyMethod).Where(body => !body.IsAbstract && !body.ContainsGenericParameters))
                RuntimeHelpers.PrepareMethod(body.MethodHandle);
        }
    }
}
