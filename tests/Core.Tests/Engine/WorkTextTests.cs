using Kith.Core.Memory;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Tests.Engine;

/// <summary>Places and steps as texts, for queues and orchestrations.</summary>
public sealed class WorkTextTests
{
    [Fact]
    public void Every_kind_of_step_survives_its_text()
    {
        var kinds = typeof(WorkStep).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(WorkStep))).ToArray();
        Assert.NotEmpty(kinds);
        Assert.All(kinds, kind =>
        {
            var constructor = kind.GetConstructors().Single();
            var step = (WorkStep)constructor.Invoke([.. constructor.GetParameters().Select(parameter => Sample(parameter.ParameterType))]);
            var text = WorkText.Of(step);
            Assert.Equal(text, WorkText.Of(WorkText.Step(text)));
            Assert.IsType(kind, WorkText.Step(text));
            Assert.Equal(step.Partition, WorkText.Step(text).Partition);
        });
    }

    [Fact]
    public void Every_place_survives_its_text()
    {
        foreach (var place in new[] { Partition.Conversation("w", "a/b|\"c\""), Partition.Memory("w", "alice", "bob"), Partition.Work("$system", "x"), Partition.Directory("w", "$threads") })
            Assert.Equal(place, WorkText.Place(WorkText.Of(place)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("[\"Nowhere\",\"w\",\"s\"]")]
    [InlineData("[\"Conversations\",\"w\"]")]
    [InlineData("[\"Conversations\",\"\",\"s\"]")]
    [InlineData("[\"Memory\",\"w\",\"alice\"]")]
    [InlineData("[\"Conversations\",\"w\",\"s\",\"t\"]")]
    [InlineData("{\"step\":\"Nothing\"}")]
    public void Anything_else_is_refused(string text)
    {
        Assert.Equal(ErrorCode.Invalid, Assert.Throws<KithException>(() => WorkText.Place(text)).Code);
        Assert.Equal(ErrorCode.Invalid, Assert.Throws<KithException>(() => WorkText.Step(text)).Code);
    }

    private static object Sample(Type type) =>
        type == typeof(Partition) ? Partition.Conversation("w", "s")
        : type == typeof(long) ? 7L
        : type == typeof(int) ? 7
        : type == typeof(string) ? "id"
        : type == typeof(SummaryKind) ? SummaryKind.Long
        : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1230)
        : type == typeof(IReadOnlyList<string>) ? (string[])["a", "b"]
        : throw new NotSupportedException($"A step holds ids, numbers and times, not {type}.");
}
