using TorchSharp;
using Vilfredo.Neural.Native;

namespace Vilfredo.Neural.Tests.Native;

public sealed class LibtorchTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vilfredo-libtorch-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_tensor_can_be_made() => Assert.Equal(6f, torch.ones(2, 3).sum().item<float>());

    [Fact]
    public void A_repair_changes_one_flag_and_nothing_else()
    {
        var library = AsShipped();
        var before = File.ReadAllBytes(library);
        Assert.True(Libtorch.Repair(library));
        var after = File.ReadAllBytes(library);
        Assert.Equal(before.Length, after.Length);
        var changed = Assert.Single(Enumerable.Range(0, before.Length), i => before[i] != after[i]);
        Assert.Equal(before[changed] | 2, after[changed]);
        Assert.False(Libtorch.Repair(library));
        Assert.Equal([library], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void A_repair_keeps_the_other_names_of_the_file_as_they_were()
    {
        var library = AsShipped();
        var cached = Path.Combine(_folder.FullName, "cached.so");
        var before = File.ReadAllBytes(library);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Hard links are made with ln.");
        using (var link = System.Diagnostics.Process.Start("ln", [library, cached]))
            link.WaitForExit();
        Assert.True(Libtorch.Repair(library));
        Assert.Equal(before, File.ReadAllBytes(cached));
    }

    [Fact]
    public void A_repair_keeps_the_time_of_the_file_so_that_builds_leave_it_alone()
    {
        var library = AsShipped();
        var time = new DateTime(2026, 1, 2, 3, 4, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(library, time);
        Libtorch.Repair(library);
        Assert.Equal(time, File.GetLastWriteTimeUtc(library));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(1000)]
    [InlineData(2_000_000)]
    public void A_truncated_library_is_refused(int length)
    {
        var bytes = File.ReadAllBytes(AsShipped())[..length];
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Weaken(bytes, "GLIBCXX_3.4.32"));
    }

    [Fact]
    public void A_version_that_is_not_needed_changes_nothing() =>
        Assert.False(ElfVersionNeeds.Weaken(File.ReadAllBytes(AsShipped()), "GLIBCXX_9.9.9"));

    /// <summary>A copy of the library as the package brings it; the one beside the tests may be repaired already.</summary>
    private string AsShipped()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var version = typeof(torch).Assembly.GetName().Version!.ToString(3);
        var package = Path.Combine(packages, "torchsharp", version, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        Assert.SkipUnless(File.Exists(package), $"The package's own copy is not at {package}.");
        var copy = Path.Combine(_folder.FullName, "libLibTorchSharp.so");
        File.Copy(package, copy);
        return copy;
    }
}
