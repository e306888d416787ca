namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101) over a few thousand numbers.</summary>
internal sealed class AdamSteps(int count, double learningRate, double weightDecay)
{
    private readonly double[] _first = new double[count];
    private readonly double[] _second = new double[count];
    private int _steps;

    /// <summary>One step down a gradient, which is set to 0.</summary>
    public void Step(double[] values, double[] gradient)
    {
        _steps++;
        var (correction1, correction2) = (1 - Math.Pow(0.9, _steps), 1 - Math.Pow(0.999, _steps));
        for (var i = 0; i < values.Length; i++)
        {
            _first[i] = (0.9 * _first[i]) + (0.1 * gradient[i]);
            _second[i] = (0.999 * _second[i]) + (0.001 * gradient[i] * gradient[i]);
            values[i] -= learningRate * ((_first[i] / correction1 / (Math.Sqrt(_second[i] / correction2) + 1e-8)) + (weightDecay * values[i]));
            gradient[i] = 0;
        }
    }
}
