using Vilfredo.Inference.Features;
using Vilfredo.Optimization.Gradients;

namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>
/// Trains <see cref="ContrastivePredictor"/> by two contrasts (RouterDC, Chen et al., arXiv 2409.19886 [memory]). Of prompt and candidates: each of a prompt's best candidates against its worst, −log of the softmax of the strengths.
/// Of prompts: one of the same group, which k-means makes of their features, against some of other groups, by their cosines.
/// </summary>
/// <remarks>Best are at most <see cref="RouterTraining.Contrasted"/> candidates and worst as many, of which only those of a lower quality count: with few candidates the two would overlap, and equal ones have nothing to contrast. The encoder is linear on the features; in RouterDC it is a language model.</remarks>
internal static class ContrastiveTraining
{
    private const int Batch = 64;
    private const int OtherGroups = 3;

    public static ContrastivePredictor Train(RouterTraining settings, IReadOnlyList<double[]> features, IReadOnlyList<double[]> quality)
    {
        var (inputs, rank, candidates) = (features[0].Length, settings.Dimensions, quality[0].Length);
        var random = new RandomGenerator(settings.Seed);
        var groups = GroupsOf(features, settings.Groups, random);
        var members = Enumerable.Range(0, features.Count).ToLookup(prompt => groups[prompt]);
        // In one array: W (rank x (inputs + 1)), k (candidates x rank).
        var vectors = rank * (inputs + 1);
        var values = new double[vectors + (candidates * rank)];
        for (var i = 0; i < vectors; i++)
            values[i] = random.NextNormal() / Math.Sqrt(inputs + 1);
        // All candidates begin in one place: what tells them apart is learnt, and equal ones stay equal.
        for (var r = 0; r < rank; r++)
        {
            var start = random.NextNormal();
            for (var candidate = 0; candidate < candidates; candidate++)
                values[vectors + (candidate * rank) + r] = start;
        }

        var gradient = new double[values.Length];
        var adam = new AdamSteps(values.Length, settings.LearningRate, settings.WeightDecay);
        var order = Enumerable.Range(0, features.Count).ToArray();
        for (var epoch = 0; epoch < settings.Epochs; epoch++)
        {
            random.Shuffle(order.AsSpan());
            foreach (var batch in order.Chunk(Batch))
            {
                foreach (var row in batch)
                    Add(row, 1.0 / batch.Length);
                adam.Step(values, gradient);
            }
        }

        double[][] projection = [.. Enumerable.Range(0, rank).Select(row => values[(row * (inputs + 1))..((row + 1) * (inputs + 1))])];
        double[][] unit = [.. Enumerable.Range(0, candidates).Select(candidate => Normalized(values.AsSpan(vectors + (candidate * rank), rank)).Unit)];
        double[][] strengths = [.. features.Select(row => ContrastivePredictor.StrengthsOf(projection, unit, settings.Temperature, row))];
        return new()
        {
            Projection = projection,
            Candidates = unit,
            Temperature = settings.Temperature,
            Scales =
            [
                .. Enumerable.Range(0, candidates).Select(candidate =>
                {
                    var known = Enumerable.Range(0, quality.Count).Where(i => !double.IsNaN(quality[i][candidate])).ToList();
                    var (intercept, slope) = LogisticModel.Fit([.. known.Select(i => (double[])[strengths[i][candidate]])], [.. known.Select(i => quality[i][candidate])], 1).OnRawFeatures;
                    return (double[])[intercept, slope[0]];
                }),
            ],
        };

        void Add(int prompt, double share)
        {
            var input = InputOf(prompt);
            var (encoded, norm) = Encoded(input);
            var back = new double[rank]; // by the encoded prompt, of length 1
            Candidates(prompt, encoded, back, share);
            if (settings.GroupWeight > 0)
                Prompts(prompt, encoded, back, share * settings.GroupWeight);
            Down(input, encoded, norm, back);
        }

        void Candidates(int prompt, double[] encoded, double[] back, double share)
        {
            int[] ranked = [.. Enumerable.Range(0, candidates).Where(candidate => !double.IsNaN(quality[prompt][candidate])).OrderByDescending(candidate => quality[prompt][candidate])];
            var worst = ranked.TakeLast(settings.Contrasted).ToArray();
            foreach (var best in ranked.Take(settings.Contrasted))
            {
                int[] against = [best, .. worst.Where(candidate => quality[prompt][candidate] < quality[prompt][best])];
                if (against.Length == 1)
                    continue;
                var units = against.Select(candidate => Normalized(values.AsSpan(vectors + (candidate * rank), rank))).ToArray();
                var errors = Errors([.. units.Select(one => RouterVectors.Dot(one.Unit, encoded) / settings.Temperature)]);
                for (var place = 0; place < against.Length; place++)
                {
                    var error = share * errors[place] / settings.Temperature;
                    var (vector, length) = units[place];
                    var along = RouterVectors.Dot(vector, encoded);
                    for (var r = 0; r < rank; r++)
                    {
                        back[r] += error * vector[r];
                        gradient[vectors + (against[place] * rank) + r] += error * (encoded[r] - (along * vector[r])) / length;
                    }
                }
            }
        }

        void Prompts(int prompt, double[] encoded, double[] back, double share)
        {
            var own = members[groups[prompt]].ToArray();
            if (own.Length < 2 || own.Length == features.Count)
                return;
            int Draw(Func<int, bool> fits)
            {
                // Both kinds are there, so this ends; most draws fit soon.
                while (true)
                {
                    var drawn = random.NextInt32(features.Count);
                    if (fits(drawn))
                        return drawn;
                }
            }

            int[] others = [Draw(other => other != prompt && groups[other] == groups[prompt]), .. Enumerable.Range(0, OtherGroups).Select(_ => Draw(other => groups[other] != groups[prompt]))];
            var encodings = others.Select(other => (Input: InputOf(other), Code: Encoded(InputOf(other)))).ToArray();
            var errors = Errors([.. encodings.Select(other => RouterVectors.Dot(other.Code.Unit, encoded))]);
            for (var place = 0; place < others.Length; place++)
            {
                var error = share * errors[place];
                var (input, (vector, length)) = encodings[place];
                var toward = new double[rank];
                for (var r = 0; r < rank; r++)
                {
                    back[r] += error * vector[r];
                    toward[r] = error * encoded[r];
                }

                Down(input, vector, length, toward);
            }
        }

        // Of −log softmax of the first: softmax less 1 for the first.
        static double[] Errors(double[] strengths)
        {
            var most = strengths.Max();
            double[] powers = [.. strengths.Select(strength => Math.Exp(strength - most))];
            var sum = powers.Sum();
            return [.. powers.Select((power, place) => (power / sum) - (place == 0 ? 1 : 0))];
        }

        double[] InputOf(int prompt)
        {
            var input = new double[inputs + 1];
            for (var i = 0; i < inputs; i++)
                input[i] = features[prompt][i] + (settings.Noise > 0 ? settings.Noise * random.NextNormal() : 0);
            input[inputs] = 1;
            return input;
        }

        (double[] Unit, double Norm) Encoded(double[] input)
        {
            var projected = new double[rank];
            for (var r = 0; r < rank; r++)
                projected[r] = RouterVectors.Dot(values.AsSpan(r * (inputs + 1), inputs + 1), input);
            return Normalized(projected);
        }

        // The gradient by an encoded prompt, which has length 1, goes on to W.
        void Down(double[] input, double[] encoded, double norm, double[] back)
        {
            var along = RouterVectors.Dot(encoded, back);
            for (var r = 0; r < rank; r++)
            {
                var slope = (back[r] - (along * encoded[r])) / norm;
                var row = gradient.AsSpan(r * (inputs + 1), inputs + 1);
                for (var i = 0; i <= inputs; i++)
                    row[i] += slope * input[i];
            }
        }
    }

    /// <summary>Groups of like rows by k-means (Lloyd's steps, starts drawn far from each other).</summary>
    internal static int[] GroupsOf(IReadOnlyList<double[]> rows, int groups, RandomGenerator random)
    {
        const int Steps = 25;
        var centres = new List<double[]> { rows[random.NextInt32(rows.Count)] };
        var nearest = rows.Select(row => Distance(row, centres[0])).ToArray();
        while (centres.Count < groups && nearest.Sum() is > 0 and var all)
        {
            var place = random.NextDouble() * all;
            var chosen = 0;
            while (chosen < rows.Count - 1 && (place -= nearest[chosen]) >= 0)
                chosen++;
            centres.Add(rows[chosen]);
            for (var i = 0; i < rows.Count; i++)
                nearest[i] = Math.Min(nearest[i], Distance(rows[i], rows[chosen]));
        }

        var group = new int[rows.Count];
        for (var step = 0; step < Steps; step++)
        {
            int[] next = [.. rows.Select(row => Enumerable.Range(0, centres.Count).MinBy(centre => Distance(row, centres[centre])))];
            var isSame = step > 0 && next.SequenceEqual(group);
            group = next;
            if (isSame)
                break;
            for (var centre = 0; centre < centres.Count; centre++)
            {
                int[] own = [.. Enumerable.Range(0, rows.Count).Where(row => group[row] == centre)];
                if (own.Length > 0)
                    centres[centre] = [.. Enumerable.Range(0, rows[0].Length).Select(i => own.Average(row => rows[row][i]))];
            }
        }

        return group;
    }

    private static double Distance(double[] a, double[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    private static (double[] Unit, double Norm) Normalized(ReadOnlySpan<double> vector)
    {
        var norm = Math.Max(1e-9, Math.Sqrt(RouterVectors.Dot(vector, vector)));
        var unit = vector.ToArray();
        for (var i = 0; i < unit.Length; i++)
            unit[i] /= norm;
        return (unit, norm);
    }
}
