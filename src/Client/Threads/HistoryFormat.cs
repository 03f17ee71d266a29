namespace Kith.Client.Threads;

/// <summary>What a history is made for.</summary>
public enum HistoryFormat
{
    /// <summary>For APIs that take messages.</summary>
    Messages,

    /// <summary>For prompts: <c>User: …</c> and <c>Assistant: …</c>, line by line.</summary>
    Text,

    /// <summary>For prompts, with headings, files and models, as ModelChorus's file store writes it.</summary>
    DetailedText,
}
