using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Hourglass;

/// <summary>Matrices whose numbers come from the project's generator, so that a seed means the same with every version of the tensor library.</summary>
internal static class RandomMatrix
{
    public static Tensor Normal(int rows, int columns, double deviation, RandomGenerator random) =>
        Make(rows, columns, () => deviation * random.NextNormal());

    public static Tensor Make(int rows, int columns, Func<double> next)
    {
        var numbers = new float[checked(rows * columns)];
        foreach (ref var number in numbers.AsSpan())
            number = (float)next();
        return tensor(numbers, rows, columns);
    }

    public static Linear Linear(int inputs, int outputs, double deviation, bool hasBias, RandomGenerator random)
    {
        using var noGradient = no_grad();
        using var values = Normal(outputs, inputs, deviation, random);
        var linear = nn.Linear(inputs, outputs, hasBias);
        linear.weight!.copy_(values);
        linear.bias?.zero_();
        return linear;
    }
}
