namespace Kith.Core.Reasoning.Extractive;

/// <summary>A clause in the third person.</summary>
/// <param name="NamesSpeaker">Whether the speaker's id stands in it.</param>
internal readonly record struct Retelling(List<Token> Tokens, bool NamesSpeaker);
