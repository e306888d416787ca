using System.Net;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Providers;
using Vilfredo.Server.Keys;

namespace Vilfredo.Server.Hosting;

/// <summary>How a frontier is served.</summary>
public sealed record ServerOptions
{
    /// <summary>The file of the frontier, as <c>vilfredo evaluate</c> writes it. It is read again when it changes.</summary>
    public required string FrontierPath { get; init; }

    /// <summary>The address that is listened on.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Who may ask. Without keys anyone who reaches the address may, which is allowed on loopback only.</summary>
    public IReadOnlyList<ApiKey> Keys { get; init; } = [];

    /// <summary>The file that remembers what keys have used, so that their limits hold across restarts; null keeps it in memory.</summary>
    public string? UsagePath { get; init; }

    /// <summary>The most requests that are answered at once; at least 1.</summary>
    public int MaximumConcurrency { get; init; } = 1024;

    /// <summary>The most requests that wait for a place; further ones are answered with 503. At least 0.</summary>
    public int QueueLength { get; init; } = 4096;

    /// <summary>The largest body of a request in bytes.</summary>
    public long MaximumBodyBytes { get; init; } = 8 << 20;

    /// <summary>The most messages of a request.</summary>
    public int MaximumMessages { get; init; } = 1000;

    /// <summary>The most answers to one request, its field <c>n</c>.</summary>
    public int MaximumChoices { get; init; } = 16;

    /// <summary>Whether requests may name strategies and models of the frontier's file that were not measured together, as <c>STRATEGY-MODEL</c> or in the field <c>vilfredo</c>.</summary>
    public bool AllowsStrategies { get; init; }

    /// <summary>The most calls of models for one answer of a strategy that a request names; at least 1.</summary>
    public int MaximumCalls { get; init; } = 64;

    /// <summary>How long running requests may still take when the server is stopped.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Opens models that run in this process; null where there are none.</summary>
    public Func<ModelDefinition, IChatClient>? OpenLocal { get; init; }

    /// <summary>How endpoints are called.</summary>
    public EndpointOptions Endpoints { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether the log is one JSON object a line.</summary>
    public bool LogsJson { get; init; }

    internal void Validate()
    {
        if (Keys.Count == 0 && !IPAddress.IsLoopback(Address))
            throw new ArgumentException($"Without keys only this machine may ask, but the address is {Address}; give keys, or listen on 127.0.0.1.");
        if (Keys.GroupBy(key => key.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"The key '{twice.Key}' is there twice; names are unique.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumConcurrency, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(QueueLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumBodyBytes, 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumMessages, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumChoices, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumCalls, 1);
    }
}
