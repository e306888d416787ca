using Vilfredo.Measurement.OffPolicy.Networks;
using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Measurement.OffPolicy.Stationary;

/// <summary>The Lagrangian as a game of two networks, one step of gradient descent and ascent at a time.</summary>
internal sealed class NetworkGame
{
    private readonly LoggedTrajectories data;
    private readonly StateActionInputs inputs;
    private readonly StationarySteps steps;
    private readonly LagrangianOptions options;
    private readonly NetworkOptions network;
    private readonly RandomGenerator random;
    private readonly Perceptron values;
    private readonly Perceptron weights;
    private readonly MomentumSteps valueSteps;
    private readonly MomentumSteps weightSteps;
    private readonly double[] input;
    private double multiplierVelocity;

    public NetworkGame(LoggedTrajectories data, StateActionInputs inputs, StationarySteps steps, LagrangianOptions options, NetworkOptions network, RandomGenerator random)
    {
        (this.data, this.inputs, this.steps, this.options, this.network, this.random) = (data, inputs, steps, options, network, random);
        values = new Perceptron(inputs.Width, network.HiddenUnits, 1, random);
        weights = new Perceptron(inputs.Width, network.HiddenUnits, 1, random);
        (valueSteps, weightSteps) = (new MomentumSteps(values.Parameters, network), new MomentumSteps(weights.Parameters, network));
        input = new double[inputs.Width];
    }

    /// <summary>λ.</summary>
    public double Multiplier { get; private set; }

    public double Value(int entry)
    {
        inputs.Logged(entry, input);
        return values.Value(input);
    }

    public double StateValue(int entry) => FittedQEvaluation.StateValue(values, inputs, entry, input);

    public double Weight(int entry)
    {
        inputs.Logged(entry, input);
        return Softplus(weights.Value(input));
    }

    /// <summary>One batch: both players move from where both stood.</summary>
    public void Step()
    {
        var multiplierGradient = options.IsNormalized ? 1.0 : 0;
        var share = 1.0 / network.BatchSize;
        for (var i = 0; i < network.BatchSize; i++)
        {
            var (entry, isLast) = steps.Draw(random);
            inputs.Logged(entry, input);
            var raw = weights.Value(input);
            var (weight, mass) = (Softplus(raw), steps.Mass(isLast));
            if (options.IsNormalized) multiplierGradient -= share * weight * mass;

            // The policy's pairs first: the gradient of Q(s, a) wants the network to have seen it last.
            var next = isLast ? 0 : AddStateGradient(entry + 1, share * weight * data.Gamma);
            inputs.Logged(entry, input);
            var value = values.Value(input);
            values.AddGradient(share * (2 * options.ValuePenalty * value - weight), valueSteps.Gradient);
            var residual = options.RewardShare * data.Rewards[entry] + data.Gamma * next - value - Multiplier * mass;
            var ascent = residual - 2 * options.WeightPenalty * (weight - 1);
            weights.AddGradient(-share * ascent / (1 + Math.Exp(-raw)), weightSteps.Gradient);
            AddStateGradient(steps.Starts[random.NextInt32(steps.Starts.Length)], share * (1 - data.Gamma));
        }

        valueSteps.Step();
        weightSteps.Step();
        multiplierVelocity = network.Momentum * multiplierVelocity + multiplierGradient;
        Multiplier -= network.LearningRate * multiplierVelocity;
    }

    // Σ_a π(a | s) Q(s, a), and factor times its gradient.
    private double AddStateGradient(int entry, double factor)
    {
        var result = 0.0;
        for (var choice = 0; choice < inputs.Choices; choice++)
        {
            var probability = inputs.Probability(entry, choice);
            if (probability == 0) continue;
            inputs.OfPolicy(entry, choice, input);
            result += probability * values.Value(input);
            values.AddGradient(factor * probability, valueSteps.Gradient);
        }

        return result;
    }

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    /// <summary>Gradient descent with momentum and a largest norm.</summary>
    private sealed class MomentumSteps(double[] parameters, NetworkOptions network)
    {
        private readonly double[] velocity = new double[parameters.Length];

        public double[] Gradient { get; } = new double[parameters.Length];

        public void Step()
        {
            var norm = Math.Sqrt(DenseVectors.Dot(Gradient, Gradient));
            var scale = norm > network.GradientNorm ? network.GradientNorm / norm : 1;
            for (var i = 0; i < parameters.Length; i++)
            {
                velocity[i] = network.Momentum * velocity[i] + scale * Gradient[i];
                parameters[i] -= network.LearningRate * velocity[i];
                Gradient[i] = 0;
            }
        }
    }
}
