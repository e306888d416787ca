namespace Vilfredo.Measurement.OffPolicy;

/// <summary>Rows of probabilities.</summary>
internal static class Distributions
{
    public static int Check(ReadOnlySpan<double> rows, int width, double tolerance, string parameter)
    {
        var count = PointMatrix.Validate(rows, width, parameter);
        if (count == 0) throw new ArgumentException($"{parameter} is empty; give at least one row.", parameter);
        for (var row = 0; row < count; row++)
        {
            var sum = 0.0;
            foreach (var probability in rows.Slice(row * width, width))
            {
                if (probability < 0)
                    throw new ArgumentException($"{parameter}: row {row} holds the probability {probability}; it must be at least 0.", parameter);
                sum += probability;
            }

            if (!(Math.Abs(sum - 1) <= tolerance))
                throw new ArgumentException($"{parameter}: row {row} sums to {sum}; probabilities sum to 1.", parameter);
        }

        return count;
    }

    public static int Draw(ReadOnlySpan<double> probabilities, RandomGenerator random)
    {
        var rest = random.NextDouble();
        var last = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (probabilities[i] == 0) continue;
            last = i;
            rest -= probabilities[i];
            if (rest < 0) break;
        }

        return last; // Rounding may leave a rest; the last possible outcome takes it.
    }
}
