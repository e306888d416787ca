using CsCheck;
using Vilfredo.Neural.Chat;

namespace Vilfredo.Neural.Tests.Chat;

public class StopSequencesTests
{
    [Fact]
    public void What_is_let_through_is_the_text_before_the_first_stop_sequence_however_it_is_cut() =>
        Gen.Select(Gen.Char["ab"].Array[0, 12], Gen.Char["ab"].Array[1, 3].Array[0, 3], Gen.Int[1, 4]).Sample((characters, sequences, size) =>
        {
            var (text, stops) = (new string(characters), sequences.Select(sequence => new string(sequence)).ToArray());
            var filter = new StopSequences(stops);
            var (shown, stopped) = ("", false);
            foreach (var piece in text.Chunk(size))
            {
                (var part, stopped) = filter.Append(new string(piece));
                shown += part;
                if (stopped)
                    break;
            }

            if (!stopped)
                shown += filter.Finish();

            // The first place where any sequence has been completed; of those completed by the same piece the earliest.
            var ends = stops.Select(stop => text.IndexOf(stop, StringComparison.Ordinal)).Where(index => index >= 0).ToList();
            Assert.Equal(ends.Count > 0, stopped);
            if (!stopped)
                Assert.Equal(text, shown);
            else
                Assert.Contains(stops, stop => (text[shown.Length..] + "|").StartsWith(stop, StringComparison.Ordinal));
            Assert.All(stops, stop => Assert.True(!stopped || !shown.Contains(stop, StringComparison.Ordinal)));
        });
}
