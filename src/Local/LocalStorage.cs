namespace Kith.Local;

/// <summary>Where the host keeps documents.</summary>
internal enum LocalStorage
{
    /// <summary>SQLite in the data folder.</summary>
    Local,

    /// <summary>Cosmos DB, section <c>Cosmos</c> of the settings.</summary>
    Azure,
}
