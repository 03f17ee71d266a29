using Kith.Core.Reasoning;

namespace Kith.Core.Answers;

/// <summary>An answer under way. All that can be refused has been checked; the parts are made while they are read, once.</summary>
/// <param name="Reasoner">Which reasoner makes it.</param>
/// <param name="Tools">The searches made for it, complete when the parts have been read.</param>
public sealed record Answer(string Reasoner, IAsyncEnumerable<AnswerPart> Parts, MemoryTools Tools);
