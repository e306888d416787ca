using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

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

    public Type[] ParameterTypes => Array.ConvertAll(method.GetParameters(), parameter => parameter.ParameterType);

    /// <summary>Whether the sample has static fields, in which an earlier run could leave results for a later one.</summary>
    public bool KeepsState { get; private set; }

    /// <summary>Loads the sample once more, with its static fields as at the start.</summary>
    public void LoadAfresh()
    {
        if (KeepsState) Load();
    }

    /// <summary>The object that an instance method is called on; a new one for every run.</summary>
    public object? NewTarget() => method.IsStatic ? null : Activator.CreateInstance(type, nonPublic: true);

    /// <summary>Calls the method. A lazy sequence is run through: returning it has cost nothing yet.</summary>
    public object? Invoke(object? target, Span<object?> arguments)
    {
        var result = invoker.Invoke(target, arguments);
        return result is IEnumerable and not (string or ICollection) && IsLazy(result.GetType()) ? ((IEnumerable)result).Cast<object?>().ToList() : result;
    }

    private static bool IsLazy(Type type) => !Array.Exists(type.GetInterfaces(), candidate =>
        candidate.IsGenericType && candidate.GetGenericTypeDefinition() is var open && (open == typeof(ICollection<>) || open == typeof(IReadOnlyCollection<>)));

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
