using Kith.Core.Filters;

namespace Kith.Compliance.Tests;

public sealed class ConditionEvaluatorTests
{
    [Theory]
    [MemberData(nameof(ConditionCases.Names), MemberType = typeof(ConditionCases))]
    public void A_condition_matches_the_specified_bodies(string name)
    {
        var (condition, matching) = ConditionCases.All[name];
        Assert.Equal(matching, ConditionCases.Bodies.Where(body => ConditionEvaluator.Matches(condition, body.Value)).Select(body => body.Key));
    }
}
