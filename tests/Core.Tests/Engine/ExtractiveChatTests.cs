using Kith.Core.Answers;
using Kith.Core.Reasoning;
using Kith.Core.Tokens;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>Questions to a memory that was made and is asked without a model.</summary>
public sealed class ExtractiveChatTests
{
    [Theory]
    [InlineData("Where do I live?")]
    [InlineData("What is my favourite movie?")]
    [InlineData("What is my name?")]
    public async Task Neither_a_relative_nor_a_question_answers_for_the_speaker(string question)
    {
        await using var engine = new TestEngine(other: new ExtractiveReasoner(text => Tokenizer.Count(text)));
        await engine.SayAsync("s", "maria", "My mum lives in Vienna and her knees are bad.", "What's my cat's name?");
        await engine.DrainAsync();

        var answer = await engine.Core.Chats.AskAsync(new ChatRequest(Tenant, "maria", question), Cancel);
        var grounds = Assert.Single((await answer.Parts.ToListAsync(Cancel)).OfType<AnswerPart.Grounds>());

        Assert.Empty(grounds.Conclusions);
        Assert.Empty(grounds.Messages);
    }

    [Theory]
    [InlineData("Where does maria live?", "moved to Bremen")]
    [InlineData("Where did maria live before?", "lives in Hamburg")]
    [InlineData("Where did maria use to live?", "lives in Hamburg")]
    [InlineData("Where does her brother live?", "Madrid")]
    [InlineData("What is her job?", "school nurse")]
    public async Task A_question_for_one_fact_is_answered_by_that_fact_alone(string question, string expected)
    {
        await using var engine = new TestEngine(other: new ExtractiveReasoner(text => Tokenizer.Count(text)));
        await engine.SayAsync("s", "maria", "I live in Hamburg and work as a teacher.", "My brother Jonas lives in Madrid.", "I work as a school nurse now.", "We just moved to Bremen!");
        await engine.DrainAsync();

        var answer = await engine.Core.Chats.AskAsync(new ChatRequest(Tenant, "maria", question), Cancel);
        AnswerPart.Grounds? grounds = null;
        await foreach (var part in answer.Parts)
            grounds = part as AnswerPart.Grounds ?? grounds;

        Assert.Contains(expected, Assert.Single(grounds!.Conclusions).Content, StringComparison.Ordinal);
    }
}
