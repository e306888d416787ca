using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Training.Schedules;
using Vilfredo.Neural.Transformers;
using Vilfredo.Studies.Yaml;

namespace Vilfredo.Cli.Commands.Models;

/// <summary>The sections <c>optimizer</c> and <c>schedule</c> of a training file.</summary>
/// <param name="mistakes">Where mistakes go.</param>
/// <param name="steps">The steps of the training.</param>
internal sealed class OptimizerSettings(YamlMistakes mistakes, int steps)
{
    /// <summary>AdamW by default; with <c>muon</c> the hidden matrices are trained by Muon.</summary>
    public Func<Decoder, IOptimizer> ReadOptimizer(YamlMapping? section)
    {
        if (section is null)
            return model => new AdamW(ParameterGroup.Of(model, 0.002, 0.1));
        var kind = section.Text("kind") ?? "adamw";
        var rate = Number(section, "learning_rate") ?? 0.002;
        var decay = Number(section, "weight_decay") ?? 0.1;
        var muonRate = Number(section, "muon_learning_rate") ?? 0.02;
        if (kind == "adamw" && section.Find("muon_learning_rate") is { } misplaced)
            mistakes.Add(misplaced, "'muon_learning_rate' is for kind: muon.");
        section.RefuseOthers();
        switch (kind)
        {
            case "adamw":
                return model => new AdamW(ParameterGroup.Of(model, rate, decay));
            case "muon":
                return model => MuonPartition.Of(model).Optimizer(muonRate, rate, decay);
            default:
                mistakes.Add(section.Find("kind")!, $"'kind' is '{kind}'; there are adamw and muon.");
                return _ => throw new InvalidOperationException();
        }
    }

    /// <summary>A cosine with a warm-up over a twentieth of the steps by default.</summary>
    public ISchedule ReadSchedule(YamlMapping? section)
    {
        var kind = section?.Text("kind") ?? "cosine";
        var warmup = section?.Integer("warmup") ?? Math.Min(200, steps / 20);
        var final = section is null ? null : Number(section, "final_factor");
        var decay = section?.Integer("decay_steps") ?? Math.Max(1, steps / 5);
        section?.RefuseOthers();
        try
        {
            switch (kind)
            {
                case "constant":
                    return new ConstantSchedule(warmup);
                case "cosine":
                    return new CosineSchedule(steps, warmup, final ?? 0.1);
                case "linear":
                    return new LinearSchedule(steps, warmup, final ?? 0);
                case "wsd":
                    return new WarmupStableDecaySchedule(steps, decay, warmup, final ?? 0);
                default:
                    mistakes.Add(section!.Find("kind")!, $"'kind' is '{kind}'; there are constant, cosine, linear and wsd.");
                    break;
            }
        }
        catch (ArgumentException error)
        {
            mistakes.Add(section!.Node, $"'schedule': {IO.ArgumentMessages.FirstSentence(error)}.");
        }

        return new ConstantSchedule();
    }

    private double? Number(YamlMapping section, string key)
    {
        var number = section.Number(key);
        if (number is < 0)
            mistakes.Add(section.Find(key)!, $"'{key}' is {number}; it must not be negative.");
        return number;
    }
}
