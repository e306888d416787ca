using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Training.Schedules;
using Vilfredo.Neural.Transformers;
using Vilfredo.Studies.Yaml;
using YamlDotNet.RepresentationModel;

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
        ParameterRule[] rules = [.. section.Items("groups").Select(ReadRule).OfType<ParameterRule>()];
        if (kind == "adamw" && section.Find("muon_learning_rate") is { } misplaced)
            mistakes.Add(misplaced, "'muon_learning_rate' is for kind: muon.");
        section.RefuseOthers();
        switch (kind)
        {
            case "adamw":
                return model => new AdamW(ParameterGroup.Of(model, rate, decay, rules));
            case "muon":
                return model =>
                {
                    ParameterRule.Freeze(model, rules);
                    return MuonPartition.Of(model).Optimizer(muonRate, rate, decay, rules: rules);
                };
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

    /// <summary>What is special about some parameters.</summary>
    private ParameterRule? ReadRule(YamlNode node)
    {
        if (YamlMapping.Of(node, "a part of 'groups'", mistakes) is not { } part)
            return null;
        var match = part.Text("match");
        var kind = part.Text("kind");
        var (rate, decay, frozen) = (Number(part, "learning_rate"), Number(part, "weight_decay"), part.Flag("frozen"));
        if (match is null)
            mistakes.Add(node, "a part of 'groups' needs 'match', the names of its parameters, such as \"*prefix_?\".");
        if (kind is not (null or "adamw"))
            mistakes.Add(part.Find("kind")!, $"'kind' is '{kind}'; in 'groups' it can only be adamw, for what Muon would train otherwise.");
        if (frozen && (rate ?? decay) is not null)
            mistakes.Add(part.Find("frozen")!, "what is frozen has no learning rate and no weight decay.");
        part.RefuseOthers();
        return match is null ? null : new() { Match = match, LearningRate = rate, WeightDecay = decay, Frozen = frozen, TrainedByAdamW = kind == "adamw" };
    }

    private double? Number(YamlMapping section, string key)
    {
        var number = section.Number(key);
        if (number is < 0)
            mistakes.Add(section.Find(key)!, $"'{key}' is {number}; it must not be negative.");
        return number;
    }
}
