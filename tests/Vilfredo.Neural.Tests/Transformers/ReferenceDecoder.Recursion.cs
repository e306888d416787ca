using Vilfredo.Neural.Recursion.Configuration;

namespace Vilfredo.Neural.Tests.Transformers;

/// <summary>Mixtures of recursions, token by token.</summary>
internal sealed partial class ReferenceDecoder
{
    /// <summary>The number of recursions that each token took.</summary>
    public int[] Depths { get; private set; } = [];

    private double[][] Routed(double[][] states, Dictionary<int, Held> held)
    {
        Depths = new int[states.Length];
        return config.Recursion!.Routing!.Choice == RoutingChoice.Token ? TokenChoice(states, held) : ExpertChoice(states, held);
    }

    private double[][] ExpertChoice(double[][] states, Dictionary<int, Held> held)
    {
        var routing = config.Recursion!.Routing!;
        states = [.. states];
        int[] tokens = [.. Enumerable.Range(0, states.Length)];
        for (var r = 0; r < _plan.Recursions; r++)
        {
            var logits = tokens.ToDictionary(t => t, t => Score(Scaled(states[t], routing), $"model.mor_router.{r}.")[0]);
            var deciding = routing.AuxiliaryRouter ? tokens.ToDictionary(t => t, t => Auxiliary(Scaled(states[t], routing), r)) : logits;
            if (selection is { ByCapacity: true })
            {
                var count = (int)(routing.Capacities is { } shares ? shares[r] * states.Length + 1e-6 : states.Length * (_plan.Recursions - r) / _plan.Recursions);
                tokens = [.. tokens.OrderByDescending(t => logits[t]).Take(Math.Max(1, count)).Order()];
            }
            else if (r > 0 || routing.Capacities is [< 1, ..])
            {
                tokens = [.. tokens.Where(t => 1 / (1 + Math.Exp(-deciding[t])) > (selection?.Threshold ?? 0.5))];
            }

            if (tokens.Length == 0)
                break;
            var after = Block(r, tokens.Select(t => states[t]).ToArray(), tokens, held);
            foreach (var (i, t) in tokens.Index())
            {
                var gate = routing.Alpha * (routing.GateInForce switch
                {
                    GateFunction.Tanh => Math.Tanh(logits[t]),
                    GateFunction.None => logits[t],
                    _ => 1 / (1 + Math.Exp(-logits[t])),
                });
                states[t] = routing.Update switch
                {
                    RoutedUpdate.Weighted => Add(states[t], [.. after[i].Select(x => gate * x)]),
                    RoutedUpdate.Additive => Add(states[t], after[i]),
                    _ => after[i],
                };
                Depths[t]++;
            }
        }

        return states;
    }

    private double[][] TokenChoice(double[][] states, Dictionary<int, Held> held)
    {
        var routing = config.Recursion!.Routing!;
        var first = states;
        var scores = states.Select(x =>
        {
            var logits = Score(Scaled(x, routing), "model.mor_router.0.");
            return logits.Select(z => routing.GateInForce == GateFunction.Softmax ? Math.Exp(z) / logits.Sum(Math.Exp) : routing.Alpha / (1 + Math.Exp(-z))).ToArray();
        }).ToArray();
        var bias = weights.GetValueOrDefault("model.mor_balance_bias") ?? new double[_plan.Recursions];
        Depths = [.. scores.Select(score => 1 + score.Zip(bias, (p, b) => p + b).Index().MaxBy(one => one.Item).Index)];
        states = [.. states];
        for (var r = 0; r < _plan.Recursions; r++)
        {
            int[] tokens = [.. Enumerable.Range(0, states.Length).Where(t => Depths[t] > r)];
            if (tokens.Length == 0)
                break;
            var after = Block(r, tokens.Select(t => states[t]).ToArray(), tokens, held);
            foreach (var (i, t) in tokens.Index())
            {
                double[] weighed = [.. after[i].Select(x => scores[t][r] * x)];
                states[t] = Depths[t] > r + 1 ? (routing.WeighsEveryRecursion ? weighed : after[i]) : routing.Update switch
                {
                    RoutedUpdate.Weighted => Add(first[t], weighed),
                    RoutedUpdate.Additive => Add(first[t], after[i]),
                    _ => after[i],
                };
            }
        }

        return states;
    }

    private double[][] Block(int recursion, double[][] states, int[] tokens, Dictionary<int, Held> held)
    {
        for (var place = 0; place < _plan.BlockLayers; place++)
            states = Layer(_plan.Before + recursion * _plan.BlockLayers + place, states, tokens, 0, held);
        return states;
    }

    private static double[] Scaled(double[] x, DepthRoutingConfig routing) => [.. x.Select(value => value / routing.Temperature)];

    private double[] Score(double[] x, string name)
    {
        if (config.Recursion!.Routing!.Router == RouterForm.Linear)
            return Linear(x, name);
        // The normal distribution function by its integral, in Simpson's steps.
        return Linear(Linear(x, name + "0.").Select(z => z * NormalShare(z)).ToArray(), name + "2.");
    }

    private double Auxiliary(double[] x, int recursion) =>
        Linear(Linear(x, $"model.mor_auxiliary_router.{recursion}.0.").Select(z => z / (1 + Math.Exp(-z))).ToArray(), $"model.mor_auxiliary_router.{recursion}.2.")[0];

    private static double NormalShare(double z)
    {
        const int Steps = 400;
        double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        var h = z / Steps;
        return 0.5 + h / 3 * Enumerable.Range(0, Steps + 1).Sum(i => Density(i * h) * (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2));
    }
}
