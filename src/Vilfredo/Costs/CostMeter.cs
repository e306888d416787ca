namespace Vilfredo;

/// <summary>
/// Adds up what work costs while it runs: training loops, generation, chat calls and processes report to it, from any thread.
/// </summary>
/// <remarks>
/// <para>Reports are partial (<see cref="CostVector.AddKnown"/>): a kind is known once anything has reported it.</para>
/// <para><see cref="Measure"/> opens a named phase. Wall time runs while a phase is open; phases that overlap, nested or in
/// several threads, do not count the same second twice. A wall time that is reported, such as a child process's own, is added
/// as it is: report it or measure it, not both.</para>
/// <para>With a parent, everything is passed on to it too, under this meter's name when it has one. Thread-safe; a report takes
/// one short lock per meter.</para>
/// </remarks>
public sealed class CostMeter : IProgress<CostVector>
{
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly CostMeter? parent;
    private readonly string? name;
    private readonly CostAccount total = new();
    private readonly Dictionary<string, CostAccount> phases = new(StringComparer.Ordinal);

    /// <summary>Creates a meter that stands for itself.</summary>
    /// <param name="time">The clock of <see cref="Measure"/>; the system's when <see langword="null"/>.</param>
    public CostMeter(TimeProvider? time = null) => this.time = time ?? TimeProvider.System;

    /// <summary>Creates a meter that passes everything on to another, whose clock it shares.</summary>
    /// <param name="parent">The meter that receives everything too.</param>
    /// <param name="name">The phase of the parent that this meter's costs belong to; <see langword="null"/> for none.</param>
    public CostMeter(CostMeter parent, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(parent);
        if (name is not null) ArgumentException.ThrowIfNullOrWhiteSpace(name);
        (this.parent, this.name, time) = (parent, name, parent.time);
    }

    /// <summary>All costs so far, open phases included up to now.</summary>
    public CostVector Total => Snapshot().Total;

    /// <summary>Adds a report.</summary>
    /// <param name="value">What was measured; the other kinds are left as they are.</param>
    /// <exception cref="InvalidOperationException">Money was reported in another currency before.</exception>
    public void Report(CostVector value) => Report(value, null);

    /// <summary>Adds a report to a phase and to the total.</summary>
    /// <param name="value">What was measured; the other kinds are left as they are.</param>
    /// <param name="phase">The phase that it belongs to; <see langword="null"/> for the total only.</param>
    /// <exception cref="InvalidOperationException">Money was reported in another currency before.</exception>
    public void Report(CostVector value, string? phase)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (phase is not null) ArgumentException.ThrowIfNullOrWhiteSpace(phase);

        // An account can refuse a currency. Whatever this meter has seen, its parent has, and whatever a phase has seen, the total
        // has; so going from the outside in, the first refusal comes before anything is added.
        parent?.Report(value, name);
        lock (gate)
        {
            total.Add(value);
            if (phase is not null) Phase(phase).Add(value);
        }
    }

    /// <summary>Adds an amount of one kind; see <see cref="Report(CostVector, string?)"/>. Does not allocate once the phase exists.</summary>
    /// <param name="kind">Any kind but money, which needs its currency.</param>
    /// <param name="amount">In the unit of <see cref="CostUnit"/>; finite and at least 0.</param>
    /// <param name="phase">The phase that it belongs to; <see langword="null"/> for the total only.</param>
    public void Report(CostKind kind, double amount, string? phase = null)
    {
        if (kind == CostKind.Money) throw new ArgumentException("Money needs a currency; report a CostVector.", nameof(kind));
        CostUnit.Of(kind);
        CostVector.Checked(amount, kind);
        if (phase is not null) ArgumentException.ThrowIfNullOrWhiteSpace(phase);
        lock (gate)
        {
            total.Add(kind, amount);
            if (phase is not null) Phase(phase).Add(kind, amount);
        }

        parent?.Report(kind, amount, name);
    }

    /// <summary>Opens a phase: its wall time runs until the scope is disposed. Phases of the same name add up.</summary>
    /// <param name="phase">The name under which <see cref="CostSnapshot.Phases"/> lists it.</param>
    public CostScope Measure(string phase)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(phase);
        Start(phase);
        return new CostScope(this, phase);
    }

    /// <summary>All costs so far, in all and by phase, open phases included up to now.</summary>
    public CostSnapshot Snapshot()
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            return new CostSnapshot(
                total.Read(time, now), phases.ToDictionary(p => p.Key, p => p.Value.Read(time, now), StringComparer.Ordinal));
        }
    }

    internal void Start(string? phase)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            total.Start(now);
            if (phase is not null) Phase(phase).Start(now);
        }

        parent?.Start(name);
    }

    internal void Stop(string? phase)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            total.Stop(time, now);
            if (phase is not null) Phase(phase).Stop(time, now);
        }

        parent?.Stop(name);
    }

    private CostAccount Phase(string phase)
    {
        if (!phases.TryGetValue(phase, out var account)) phases.Add(phase, account = new CostAccount());
        return account;
    }
}
