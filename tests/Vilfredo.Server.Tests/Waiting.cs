namespace Vilfredo.Server.Tests;

/// <summary>Waits for what a server does in its own time.</summary>
internal static class Waiting
{
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
            await Task.Delay(50, limit.Token);
    }
}
