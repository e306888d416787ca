using System.Runtime.InteropServices;
using System.Text;

namespace Vilfredo.Studies.Execution;

/// <summary>Starts a program with <c>posix_spawn</c> as the leader of a session and process group of its own.</summary>
/// <remarks>
/// All signals are back at their defaults and none is blocked (the .NET runtime ignores SIGPIPE, which a child must not
/// inherit); no descriptor but 0, 1 and 2 is passed on. The caller has to wait for the child.
/// </remarks>
internal static unsafe class UnixSpawn
{
    private const short SetDefaults = 4;
    private const short SetMask = 8;
    private const short NewSessionLinux = 0x80;
    private const short NewSessionMacOS = 0x400;
    private const short CloseByDefaultMacOS = 0x4000;

    /// <summary>More than any C library needs for its attributes (glibc: 336 bytes), actions (80) or signal sets (128).</summary>
    private const int OpaqueSize = 1024;

    private static readonly bool HasCloseFrom =
        NativeLibrary.TryLoad("libc", typeof(UnixSpawn).Assembly, null, out var library)
        && NativeLibrary.TryGetExport(library, "posix_spawn_file_actions_addclosefrom_np", out _);

    /// <summary>Starts the program.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="arguments">All arguments, the program's name first.</param>
    /// <param name="environment">The whole environment as <c>NAME=value</c>.</param>
    /// <param name="workingDirectory">The child's directory, or <see langword="null"/> for this process' own.</param>
    /// <param name="input">Descriptor that becomes standard input.</param>
    /// <param name="output">Descriptor that becomes standard output.</param>
    /// <param name="error">Descriptor that becomes standard error.</param>
    /// <param name="process">The child's id, also that of its group and session.</param>
    /// <returns>0, or an error number.</returns>
    public static int Start(
        string path,
        IReadOnlyList<string> arguments,
        IReadOnlyList<string> environment,
        string? workingDirectory,
        int input,
        int output,
        int error,
        out int process)
    {
        process = 0;
        var actions = stackalloc byte[OpaqueSize];
        var attributes = stackalloc byte[OpaqueSize];
        var result = LibC.SpawnActionsCreate(actions);
        if (result != 0) return result;
        result = LibC.SpawnAttributesCreate(attributes);
        if (result == 0)
        {
            result = Configure(attributes);
            Span<int> standard = [AboveStandard(input), AboveStandard(output), AboveStandard(error)];
            if (result == 0) result = AddActions(actions, workingDirectory, standard);
            if (result == 0) result = Start(path, arguments, environment, actions, attributes, out process);
            CloseCopies(standard, [input, output, error]);
            _ = LibC.SpawnAttributesDestroy(attributes);
        }

        _ = LibC.SpawnActionsDestroy(actions);
        return result;
    }

    private static int Configure(byte* attributes)
    {
        var set = stackalloc byte[OpaqueSize];
        new Span<byte>(set, OpaqueSize).Clear();
        _ = LibC.SignalSetEmpty(set);
        var result = LibC.SpawnAttributesSetMask(attributes, set);
        if (result != 0) return result;
        _ = LibC.SignalSetFill(set);
        _ = LibC.SignalSetRemove(set, LibC.SIGKILL);
        _ = LibC.SignalSetRemove(set, LibC.SIGSTOP);
        result = LibC.SpawnAttributesSetDefaults(attributes, set);
        if (result != 0) return result;
        var platform = OperatingSystem.IsMacOS() ? (short)(NewSessionMacOS | CloseByDefaultMacOS) : NewSessionLinux;
        return LibC.SpawnAttributesSetFlags(attributes, (short)(SetDefaults | SetMask | platform));
    }

    /// <summary>
    /// A copy above 2 of a descriptor that this process got below because it was itself started without a standard
    /// stream: else setting up one of the child's streams would overwrite the source of the next.
    /// </summary>
    private static int AboveStandard(int descriptor) => descriptor > 2 || !OperatingSystem.IsLinux()
        ? descriptor
        : LibC.FileControl(descriptor, LibC.DuplicateCloseOnExec, 3);

    private static void CloseCopies(ReadOnlySpan<int> used, ReadOnlySpan<int> given)
    {
        for (var i = 0; i < used.Length; i++)
        {
            if (used[i] != given[i]) _ = LibC.Close(used[i]);
        }
    }

    private static int AddActions(byte* actions, string? workingDirectory, ReadOnlySpan<int> standard)
    {
        var result = 0;
        for (var i = 0; i < standard.Length && result == 0; i++) result = LibC.SpawnActionsDuplicate(actions, standard[i], i);
        // The runtime opens everything close-on-exec; this holds for descriptors that a host program inherited or leaked.
        if (result == 0 && HasCloseFrom) result = LibC.SpawnActionsCloseFrom(actions, 3);
        if (result != 0 || workingDirectory is null) return result;
        fixed (byte* directory = ZeroTerminated(workingDirectory))
            return LibC.SpawnActionsChangeDirectory(actions, directory); // the C library copies the path
    }

    private static int Start(
        string path,
        IReadOnlyList<string> arguments,
        IReadOnlyList<string> environment,
        byte* actions,
        byte* attributes,
        out int process)
    {
        var nativeArguments = Allocate(arguments);
        var nativeEnvironment = Allocate(environment);
        try
        {
            int id;
            fixed (byte* file = ZeroTerminated(path))
            {
                var result = LibC.Spawn(&id, file, actions, attributes, nativeArguments, nativeEnvironment);
                process = result == 0 ? id : 0;
                return result;
            }
        }
        finally
        {
            NativeMemory.Free(nativeArguments);
            NativeMemory.Free(nativeEnvironment);
        }
    }

    private static byte[] ZeroTerminated(string text) => Encoding.UTF8.GetBytes(text + '\0');

    /// <summary>A zero-terminated array of pointers, followed in the same block by the strings that they point to.</summary>
    private static byte** Allocate(IReadOnlyList<string> strings)
    {
        var pointers = (nuint)(strings.Count + 1) * (nuint)sizeof(byte*);
        nuint bytes = 0;
        foreach (var text in strings) bytes += (nuint)Encoding.UTF8.GetByteCount(text) + 1;
        var block = (byte**)NativeMemory.Alloc(pointers + bytes);
        var next = (byte*)block + pointers;
        for (var i = 0; i < strings.Count; i++)
        {
            block[i] = next;
            var count = Encoding.UTF8.GetByteCount(strings[i]);
            next += Encoding.UTF8.GetBytes(strings[i], new Span<byte>(next, count));
            *next++ = 0;
        }

        block[strings.Count] = null;
        return block;
    }
}
