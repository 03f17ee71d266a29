namespace Kith.Core.Recall.Ranking;

/// <summary>An entry that another index has chosen for a query, with what that index thinks of it.</summary>
/// <param name="Entry">Its vector may be missing: <paramref name="Cosine"/> stands for it.</param>
/// <param name="TextScore">Higher is better, on a scale of its own; null when the entry was not chosen by text.</param>
/// <param name="Cosine">Similarity to the query's vector; null when the entry was not chosen by vector.</param>
/// <param name="Relevance">The verdict of a model that read query and text; null when none did.</param>
public sealed record RecallCandidate(RecallEntry Entry, double? TextScore, double? Cosine, double? Relevance);
