using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Vilfredo.Neural.Native;

/// <summary>Makes the native libraries of TorchSharp loadable on this machine.</summary>
/// <remarks>
/// TorchSharp 0.107.0 is linked against GCC 13. Its library demands the version GLIBCXX_3.4.32 of the C++ runtime for one symbol that is only
/// named, never called, so that it does not load on Debian 12, Ubuntu 22.04 or RHEL 9 although nothing is missing. Where the C++ runtime is that old, the demand is marked
/// weak in the application's own copy of the library, which is replaced atomically: the package cache is untouched, also when the copy is a hard link into it.
/// </remarks>
public static class Libtorch
{
    private const string HelperLibrary = "libLibTorchSharp.so";
    private const string NewestVersion = "GLIBCXX_3.4.32";
    private const string SymbolOfNewestVersion = "_ZSt21ios_base_library_initv";

    private static readonly Lazy<bool> Prepared = new(PrepareOnce);

    /// <summary>
    /// Prepares the libraries once per process. Whatever uses a type of this assembly has done it already; call it when TorchSharp is used before any of them.
    /// </summary>
    public static void Prepare() => _ = Prepared.Value;

#pragma warning disable CA2255 // In a library on purpose: the first use of TorchSharp that fails cannot be repeated in the same process.
    [ModuleInitializer]
    internal static void PrepareWithAssembly() => Prepare();
#pragma warning restore CA2255

    /// <summary>Replaces <paramref name="library"/> by a copy whose demand for <see cref="NewestVersion"/> is weak, unless it has none.</summary>
    /// <returns>Whether the file was replaced.</returns>
    internal static bool Repair(string library)
    {
        var bytes = File.ReadAllBytes(library);
        if (!ElfVersionNeeds.Weaken(bytes, NewestVersion))
            return false;
        var replacement = $"{library}.{Environment.ProcessId}.new";
        Write(replacement, bytes, library);
        File.Move(replacement, library, overwrite: true);
        return true;
    }

    private static bool PrepareOnce()
    {
        if (!OperatingSystem.IsLinux() || RuntimeOffersNewestVersion())
            return true;
        var library = Candidates().FirstOrDefault(File.Exists);
        if (library is null)
            return false; // TorchSharp's own search, with its own message, comes next.
        try
        {
            Repair(library);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            LoadRepairedCopy(library);
        }

        return true;
    }

    /// <summary>For an application in a read-only folder: loads its libraries, with a repaired copy of one of them that lives in a private folder while it is opened.</summary>
    internal static void LoadRepairedCopy(string library)
    {
        var bytes = File.ReadAllBytes(library);
        ElfVersionNeeds.Weaken(bytes, NewestVersion);
        var folder = Directory.CreateTempSubdirectory("vilfredo-native-").FullName;
        try
        {
            var copy = Path.Combine(folder, HelperLibrary);
            Write(copy, bytes, library);
            // The loader knows a library by its name once it is in memory, so the copy finds these, and TorchSharp finds the copy.
            foreach (var needed in (string[])["libc10.so", "libtorch_cpu.so", "libtorch.so"])
                NativeLibrary.Load(Path.Combine(Path.GetDirectoryName(library)!, needed));
            NativeLibrary.Load(copy);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool RuntimeOffersNewestVersion() =>
        NativeLibrary.TryLoad("libstdc++.so.6", out var runtime) && NativeLibrary.TryGetExport(runtime, SymbolOfNewestVersion, out _);

    private static IEnumerable<string> Candidates()
    {
        // Beside the application after a publish for this platform, in the folder of the platform after a build.
        var folders = new[] { AppContext.BaseDirectory, Path.GetDirectoryName(typeof(torch).Assembly.Location) ?? "" }.Distinct();
        return folders.SelectMany(folder => (string[])
        [
            Path.Combine(folder, HelperLibrary),
            Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", HelperLibrary),
            Path.Combine(folder, "runtimes", "linux-x64", "native", HelperLibrary),
        ]);
    }

    private static void Write(string path, byte[] bytes, string original)
    {
        File.WriteAllBytes(path, bytes);
        // With the original's time an incremental build sees an unchanged file and leaves it alone.
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(original));
    }
}
