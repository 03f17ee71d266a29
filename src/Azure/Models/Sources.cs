using System.Globalization;
using Kith.Core.Reasoning;

namespace Kith.Azure.Models;

/// <summary>What a model was shown for one question, under the short ids by which it cites: c1, c2 … and m1, m2 ….</summary>
internal sealed class Sources
{
    /// <summary>Of a text in a search result (spec honcho-engine §7.4).</summary>
    private const int MostCharacters = 2_000;

    private readonly List<RecalledConclusion> _conclusions = [];
    private readonly List<RecalledMessage> _messages = [];

    public IReadOnlyList<RecalledConclusion> Conclusions => _conclusions;

    public IReadOnlyList<RecalledMessage> Messages => _messages;

    public bool AreEmpty => _conclusions.Count + _messages.Count == 0;

    /// <summary>The conclusion that was shown under an id; null when none was.</summary>
    public RecalledConclusion? Find(string label) => _conclusions.Where((_, index) => Label('c', index) == label.Trim(' ', '[', ']')).FirstOrDefault();

    public ConclusionLine Show(RecalledConclusion conclusion)
    {
        var index = _conclusions.FindIndex(other => other.Id == conclusion.Id);
        if (index < 0)
        {
            index = _conclusions.Count;
            _conclusions.Add(conclusion);
        }

        return new ConclusionLine(Label('c', index), conclusion.Level, DataBlock.Time(conclusion.SaidAt), Shortened(conclusion.Content), Word(conclusion.Link));
    }

    public MessageLine Show(RecalledMessage message)
    {
        var index = _messages.FindIndex(other => other.Id == message.Id);
        if (index < 0)
        {
            index = _messages.Count;
            _messages.Add(message);
        }

        return new MessageLine(Label('m', index), message.PeerId, DataBlock.Time(message.CreatedAt), Shortened(message.Content));
    }

    /// <summary>What the labels name, without those that name nothing. An answer that names no source at all rests on everything shown.</summary>
    public AnswerPart.Grounds Grounds(IReadOnlySet<string> labels) => labels.Count == 0
        ? new([.. _conclusions], [.. _messages])
        : new(
            [.. _conclusions.Where((_, index) => labels.Contains(Label('c', index)))],
            [.. _messages.Where((_, index) => labels.Contains(Label('m', index)))]);

    private static string? Word(ConclusionLink? link) => link switch
    {
        ConclusionLink.Source => "it rests on this",
        ConclusionLink.Derived => "this rests on it",
        ConclusionLink.Superseded => "it took the place of this",
        ConclusionLink.Superseding => "this took its place",
        ConclusionLink.Contradicting => "this denies it",
        _ => null,
    };

    private static string Label(char kind, int index) => string.Create(CultureInfo.InvariantCulture, $"{kind}{index + 1}");

    private static string Shortened(string text)
    {
        if (text.Length <= MostCharacters)
            return text;
        var end = char.IsHighSurrogate(text[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters;
        return $"{text[..end]}…";
    }
}
