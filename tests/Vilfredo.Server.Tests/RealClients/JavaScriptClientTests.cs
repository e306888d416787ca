using System.Diagnostics;
using System.Text.Json;
using Vilfredo.Inference.Tests;

namespace Vilfredo.Server.Tests.RealClients;

/// <summary>OpenAI's JavaScript client, unchanged, in a Node process of its own.</summary>
public class JavaScriptClientTests
{
    [Fact]
    public async Task It_completes_streams_lists_models_and_understands_errors()
    {
        var folder = Path.Combine(Root(), "tests", "Vilfredo.Server.Tests", "RealClients", "javascript");
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules", "openai")), "OpenAI's JavaScript client is not installed; run 'npm ci' in tests/Vilfredo.Server.Tests/RealClients/javascript.");
        await using var server = await RunningServer.StartAsync(name => new ScriptedChatClient(_ => "Answer: 4", name));
        using var node = Process.Start(new ProcessStartInfo("node", ["client.js", $"{server.Server.Address}v1"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await errors);
        var seen = JsonDocument.Parse(await output).RootElement;
        Assert.Equal(("Answer: 4", "stop", 60), (Text("text"), Text("finish"), seen.GetProperty("tokens").GetInt32()));
        Assert.Equal("cheap", Text("point"));
        Assert.Equal(("Answer: 4 ", 12), (Text("words"), seen.GetProperty("streamTokens").GetInt32()));
        Assert.Contains("frontier/test", seen.GetProperty("models").EnumerateArray().Select(model => model.GetString()));
        Assert.Contains("no-such-model", Text("missing"), StringComparison.Ordinal);

        string? Text(string name) => seen.GetProperty(name).GetString();
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Vilfredo.slnx")))
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not run inside a clone.");
        return directory.FullName;
    }
}
