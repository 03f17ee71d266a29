namespace Kith.Core.Reasoning;

/// <summary>The kinds of entries of a peer card (honcho-engine §3.3).</summary>
public enum CardCategory
{
    /// <summary>Name, age, home, job.</summary>
    Identity,

    /// <summary>Lasting preferences, traits, possessions.</summary>
    Attribute,

    /// <summary>Family, partners, pets, friends.</summary>
    Relationship,

    /// <summary>How the peer wants to be treated: "always answer in German".</summary>
    Instruction,
}
