namespace Kith.Core.Reasoning.Extractive;

/// <summary>Statements from turns by rule. Image captions and other bracketed notes are left to message search. Time and memory are linear in the text.</summary>
internal static class Derivation
{
    /// <summary>Long texts of agents must not flood the memory of a pair.</summary>
    private const int MostPerMessage = 6;

    /// <summary>A statement stays one readable sentence.</summary>
    private const int LongestStatement = 56;

    /// <summary>Answers with fewer words of content are not understood without what was asked.</summary>
    private const int SelfContained = 12;

    private const int LongestQuestion = 140;

    /// <summary>Characters of each turn that tell the language of its author.</summary>
    private const int LanguageSample = 400;

    public static List<Statement> Of(DeriveRequest request)
    {
        var others = request.Turns.Select(turn => turn.PeerId).Where(peer => peer != request.Observed).Distinct(StringComparer.Ordinal).ToList();
        var cast = new Cast(request.Observed, others.Count == 1 ? others[0] : null);
        var usual = Language.Guess(string.Join(' ', request.Turns.Where(turn => turn.PeerId == request.Observed).Select(turn => turn.Content[..Math.Min(turn.Content.Length, LanguageSample)])));
        var statements = new List<Statement>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < request.Turns.Count; i++)
        {
            var turn = request.Turns[i];
            if (turn.PeerId != request.Observed) continue;
            var asked = i > 0 && request.Turns[i - 1].PeerId != request.Observed ? Question(request.Turns[i - 1]) : null;
            foreach (var statement in FromTurn(turn, asked, usual, cast, others).Take(MostPerMessage))
                if (seen.Add(statement.Content)) statements.Add(statement);
        }

        return statements;
    }

    private sealed record Asked(string MessageId, string Text);

    private static IEnumerable<Statement> FromTurn(Turn turn, Asked? asked, string? usual, Cast cast, List<string> names)
    {
        var sentences = SentenceSplitter.Split(turn.Content);
        var language = Language.Guess(string.Join(' ', sentences), usual);
        var voice = Voice.For(language);
        var parts = new List<Part>();
        var instructions = new List<string>();
        var answered = false;
        for (var i = 0; i < sentences.Count; i++)
        {
            if (i == 0 && asked is not null && voice is EnglishVoice or null && Answered(asked.Text, sentences[0], names) is { } combined)
            {
                answered = true;
                voice ??= EnglishVoice.Instance;
                parts.Add(Tell(combined, voice, "en", turn, cast) with { Weight = Salience.Threshold });
                continue;
            }

            if (IsQuestion(sentences[i])) continue;
            if (voice is null)
            {
                if (Words.Content(sentences[i]).Count >= 3) parts.Add(Quote(sentences[i], cast.Speaker));
                continue;
            }

            foreach (var clause in Clauses.Split(sentences[i], names))
            {
                if (Instruction.Of(clause, voice, cast.Speaker) is { } instruction) instructions.Add(instruction);
                else if (clause.Count > 1 && !OpensQuestion(clause))
                    foreach (var fact in Slots.Split(clause, voice, language)) parts.Add(Tell(fact, voice, language, turn, cast));
            }
        }

        foreach (var instruction in instructions)
            yield return new Statement(instruction, [turn.MessageId]) { Language = language, Card = CardCategory.Instruction };
        foreach (var part in parts)
            if (part.StandsAlone) yield return State([part], turn, answered ? asked : null, null, voice, language, cast);
        var hasStated = false;
        foreach (var group in Groups(parts))
        {
            var context = asked is not null && !answered && NeedsQuestion(group) ? asked : null;
            if (!IsWorth(group, context is not null, hasStated)) continue;
            hasStated = true;
            yield return State(group, turn, answered ? asked : context, context?.Text, voice, language, cast);
        }
    }

    private static bool IsWorth(List<Part> group, bool isAnswer, bool isFurther)
    {
        var weight = group.Sum(part => part.Weight) + (isAnswer ? Salience.Answer : 0);
        if (isFurther) return weight >= Salience.FurtherThreshold;
        if (group is [{ Card: not null }] || weight >= (group.Exists(part => part.IsDirect) ? Salience.Threshold : Salience.CommentThreshold)) return true;
        // What is said outright counts by itself, whatever stands around it; where it is hardly more than what is said at all, it need not tell much.
        var told = group.FindAll(part => part.IsDirect || isAnswer && part == group[0]);
        return told.Exists(part => part.Weight >= Salience.Needed(part.SaidWords))
            || told.Exists(part => part.Weight >= Salience.DirectThreshold) && weight >= Salience.NeededAlone(group.Sum(part => part.SaidWords));
    }

    /// <summary>Clauses that go into one statement: in order, as long as it stays readable.</summary>
    private static IEnumerable<List<Part>> Groups(List<Part> parts)
    {
        var group = new List<Part>();
        var words = 0;
        foreach (var part in parts)
        {
            if (part.StandsAlone || part.Weight < Salience.Companion) continue;
            if (group.Count > 0 && words + part.WordCount > LongestStatement)
            {
                yield return group;
                group = [];
                words = 0;
            }

            group.Add(part);
            words += part.WordCount;
        }

        if (group.Count > 0) yield return group;
    }

    private static Statement State(List<Part> parts, Turn turn, Asked? source, string? question, Voice? voice, string? language, Cast cast)
    {
        var text = string.Join("; ", parts.Select((part, i) => i == 0 ? part.Text : Continued(part.Text, cast)));
        if (!parts.Exists(part => part.NamesSpeaker)) text = $"{voice?.Says(cast.Speaker) ?? cast.Speaker + ":"} {Continued(text, cast)}";
        if (question is not null) text += $" (asked: \"{question}\")";
        return new Statement(text + (voice is null ? "" : "."), source is null ? [turn.MessageId] : [turn.MessageId, source.MessageId])
        {
            Language = language,
            ValidFrom = parts.Select(part => part.ValidFrom).FirstOrDefault(date => date is not null),
            Slot = parts[0].Slot,
            Card = parts.Count == 1 ? parts[0].Card : null,
        };
    }

    private static Part Tell(List<Token> clause, Voice voice, string? language, Turn turn, Cast cast)
    {
        var (dated, stated) = DateResolver.Resolve(clause, language, turn.CreatedAt);
        var told = voice.Retell(dated, cast);
        var slot = Slots.Of(clause);
        var isIdle = slot is null && SmallTalk.Is(clause, stated is not null);
        var text = Token.Join(told.Tokens).Trim();
        return new Part(text, told.NamesSpeaker, isIdle ? 0 : Salience.Of(clause, stated is not null, voice.LeavesOutSubjects && told.NamesSpeaker))
        {
            Slot = slot,
            Ends = !isIdle && told.NamesSpeaker && Claim.Of(text) is { Ends: true },
            // "Let's meet on Friday" is agreed on, "Let's hope so" is not.
            IsDirect = !isIdle && (Salience.IsDirect(clause, told, cast.Speaker) || stated is not null && clause[0].Lower == "let's"),
            Card = Card.Of(clause, slot),
            ValidFrom = stated,
            SaidWords = clause.Count(token => token.IsWord),
        };
    }

    /// <summary>What a few words mean as an answer: alone they may be of any language, so the question's is taken.</summary>
    private static List<Token>? Answered(string question, string answer, List<string> names) =>
        YesNo.Combine(question, answer) ?? ShortAnswer.Combine(question, answer, names);

    private static Part Quote(string sentence, string speaker) => new($"{speaker}: \"{sentence}\"", true, Salience.Threshold) { IsDirect = true };

    private static bool NeedsQuestion(List<Part> parts) =>
        !parts.Exists(part => part.NamesSpeaker) || Words.Content(string.Join(' ', parts.Select(part => part.Text))).Count < SelfContained;

    private static string Continued(string text, Cast cast)
    {
        var end = text.IndexOf(' ', StringComparison.Ordinal);
        var first = end < 0 ? text : text[..end];
        return first.StartsWith(cast.Speaker, StringComparison.Ordinal) || cast.Addressee is { } other && first.StartsWith(other, StringComparison.Ordinal) || !Words.IsFunction(first)
            ? text
            : char.ToLowerInvariant(text[0]) + text[1..];
    }

    private static Asked? Question(Turn turn)
    {
        if (!turn.Content.Contains('?', StringComparison.Ordinal)) return null;
        var question = SentenceSplitter.Split(turn.Content).LastOrDefault(IsQuestion);
        return question is null || question.Length > LongestQuestion ? null : new Asked(turn.MessageId, question.Replace('"', '\''));
    }

    public static bool IsQuestion(string sentence) => sentence.AsSpan().TrimEnd("\"')! ") is [.., '?' or '？'];

    private static bool OpensQuestion(List<Token> clause) =>
        clause[0].Lower is "how" or "what's" or "how's" or "who's" or "where's" || clause[0].Lower is "do" or "did" or "are" or "have" or "would" && clause[1].Lower is "you" or "i" or "we";
}
