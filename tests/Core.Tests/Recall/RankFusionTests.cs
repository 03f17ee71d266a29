using Kith.Core.Recall;

namespace Kith.Core.Tests.Recall;

public sealed class RankFusionTests
{
    [Fact]
    public void Score_first_by_text_and_third_by_vector_is_the_sum_of_both_shares() =>
        Assert.Equal((1.0 / 61) + (1.0 / 63), RankFusion.Score(1, 3), 12);

    [Fact]
    public void Score_without_a_place_in_one_ranking_is_the_other_share() => Assert.Equal(1.0 / 62, RankFusion.Score(null, 2), 12);

    [Fact]
    public void Score_a_weaker_vector_ranking_counts_less() => Assert.Equal((1.0 / 61) + (0.5 / 63), RankFusion.Score(1, 3, 0.5), 12);

    [Fact]
    public void Score_without_any_place_is_zero() => Assert.Equal(0, RankFusion.Score(null, null));
}
