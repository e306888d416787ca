namespace Vilfredo.Optimization.Gradients;

/// <summary>Adam (Kingma and Ba, 2015) with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101) over a few thousand numbers.</summary>
internal sealed class AdamSteps(int count, double learningRate, double weightDecay = 0)
{
    private readonly double[] first = new double[count];
    private readonly double[] second = new double[count];
    private int steps;

    /// <summary>One step down a gradient, which is set to 0.</summary>
    public void Step(double[] values, double[] gradient)
    {
        steps++;
        var (correction1, correction2) = (1 - Math.Pow(0.9, steps), 1 - Math.Pow(0.999, steps));
        for (var i = 0; i < values.Length; i++)
        {
            first[i] = 0.9 * first[i] + 0.1 * gradient[i];
            second[i] = 0.999 * second[i] + 0.001 * gradient[i] * gradient[i];
            values[i] -= learningRate * (first[i] / correction1 / (Math.Sqrt(second[i] / correction2) + 1e-8) + weightDecay * values[i]);
            gradient[i] = 0;
        }
    }
}
