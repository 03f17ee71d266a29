using System.Globalization;
using System.Text;
using Kith.Core;
using Kith.Core.Reasoning;
using Kith.Core.Usage;
using OpenAI.Chat;

namespace Kith.Azure.Models;

/// <summary>Statements from turns, in one call.</summary>
internal sealed class Derivation(ChatModel model, TimeSpan deadline)
{
    private const int MostSlotCharacters = 64;

    private static readonly string[] _dates = ["yyyy-MM-dd", "yyyy-MM", "yyyy"];

    private readonly StructuredOutput<DerivedStatements> _output = new(model, "statements", DerivedStatements.Schema, ModelJson.Plain.DerivedStatements);

    public async Task<IReadOnlyList<Statement>> RunAsync(DeriveRequest request, CancellationToken cancellationToken)
    {
        Turn[] own = [.. request.Turns.Where(turn => turn.PeerId == request.Observed)];
        if (own.Length == 0)
            return [];

        var call = new ChatCall(
            Purposes.Derive,
            request.Workspace,
            [ChatMessage.CreateSystemMessage(Prompts.Derive), ChatMessage.CreateUserMessage(Input(request))]);
        var derived = await _output.AskAsync(call, deadline, cancellationToken);
        return [.. derived.Statements.Select(item => Read(item, own)).OfType<Statement>().DistinctBy(statement => statement.Content)];
    }

    /// <summary>Only the observed peer's turns are numbered: others cannot be cited.</summary>
    private static string Input(DeriveRequest request)
    {
        var number = 0;
        var text = new StringBuilder().Append("Peer: ").Append(request.Observed).Append('\n');
        if (!string.IsNullOrWhiteSpace(request.CustomInstructions))
            text.Append("Instructions of the application:\n").Append(request.CustomInstructions.Trim()).Append('\n');
        text.AppendBlock("turns", request.Turns.Select(turn => turn.Line(turn.PeerId == request.Observed ? ++number : null)), ModelJson.Plain.TurnLine);
        return text.ToString();
    }

    /// <summary>Null for what has no text or rests on nothing that was shown.</summary>
    private static Statement? Read(DerivedStatements.Item item, Turn[] own)
    {
        string[] sources = [.. item.Turns.Where(number => number >= 1 && number <= own.Length).Distinct().Order().Select(number => own[number - 1].MessageId)];
        var content = item.Content.Trim();
        if (sources.Length == 0 || content.Length == 0 || Limits.Exceeds(content, Limits.ConclusionCharacters))
            return null;
        return new Statement(content, sources)
        {
            Slot = Slot(item.Slot),
            ValidFrom = DateTimeOffset.TryParseExact(item.ValidFrom, _dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from) ? from : null,
            Language = item.Language is { Length: 2 } code && code.All(char.IsAsciiLetter) ? code.ToLowerInvariant() : null,
            Card = item.Card switch
            {
                "identity" => CardCategory.Identity,
                "attribute" => CardCategory.Attribute,
                "relationship" => CardCategory.Relationship,
                "instruction" => CardCategory.Instruction,
                _ => null,
            },
        };
    }

    private static string? Slot(string? slot)
    {
        var name = slot?.Trim().ToLowerInvariant();
        return name is { Length: > 0 and <= MostSlotCharacters } and not "null" and not "none" ? name : null;
    }
}
