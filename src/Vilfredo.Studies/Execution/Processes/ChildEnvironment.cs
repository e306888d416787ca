using System.Collections;

namespace Vilfredo.Studies.Execution;

/// <summary>The environment of a child: this process' own, the specification's additions and the trial's markers.</summary>
internal sealed class ChildEnvironment
{
    private readonly Dictionary<string, string> _variables = [];

    public ChildEnvironment(ProcessSpecification specification, string? studyMarker, string owner)
    {
        RunMarker = Guid.NewGuid().ToString("N");
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
            _variables[(string)entry.Key] = (string?)entry.Value ?? "";
        foreach (var (name, value) in specification.Environment)
        {
            if (value is null) _variables.Remove(name);
            else _variables[name] = value;
        }

        _variables[TrialMarker.RunVariable] = RunMarker;
        _variables[TrialMarker.OwnerVariable] = owner;
        if (studyMarker is not null) _variables[TrialMarker.StudyVariable] = studyMarker;
        else _variables.Remove(TrialMarker.StudyVariable);
    }

    /// <summary>The value of <see cref="TrialMarker.RunVariable"/>: unique, an identity that no result depends on.</summary>
    public string RunMarker { get; }

    /// <summary>Where commands are looked up.</summary>
    public string? SearchPath => _variables.GetValueOrDefault("PATH");

    public IReadOnlyDictionary<string, string> Variables => _variables;

    /// <summary>The variables as <c>NAME=value</c>.</summary>
    public string[] ToStrings() => [.. _variables.Select(variable => $"{variable.Key}={variable.Value}")];
}
