using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kith.Client.Threads;

namespace Kith.Client.Tests.Threads;

/// <summary>The document's CustomAnalysisWorkflow. What it asks its model with, and what of the answer it takes as findings, is the same.</summary>
internal sealed partial class CustomAnalysisWorkflow(Func<string, string> model, ConversationMemory memory) : Workflow<AnalysisState>("custom_analysis", memory, StateJson.Default.AnalysisState)
{
    public override string Description => "Custom analysis workflow with multi-turn support";

    protected override AnalysisState CreateState() => new();

    protected override JsonObject? DescribeMessage(AnalysisState state) => new() { ["step"] = state.AnalysisStep };

    protected override Task<WorkflowResult> ExecuteAsync(WorkflowTurn<AnalysisState> turn, CancellationToken cancellationToken)
    {
        var state = turn.State;
        var content = model(BuildPrompt(turn));
        string[] findings = [.. Bullet().Matches(content).Select(bullet => bullet.Groups[1].Value.Trim())];

        state.AnalysisStep++;
        state.Findings.AddRange(findings);
        state.FilesExamined = [.. state.FilesExamined.Union(turn.Files)];

        var result = new WorkflowResult(content)
        {
            ModelProvider = "cli",
            ModelName = "double",
            MessageMetadata = new() { ["step"] = state.AnalysisStep, ["findings_count"] = findings.Length },
            Metadata = new() { ["analysis_step"] = state.AnalysisStep, ["total_findings"] = state.Findings.Count, ["files_examined"] = state.FilesExamined.Count },
        };
        return Task.FromResult(result.AddStep(new($"Analysis Step {state.AnalysisStep}", content, new() { ["findings"] = new JsonArray([.. findings.Select(finding => (JsonNode)finding)]) })));
    }

    private static string BuildPrompt(WorkflowTurn<AnalysisState> turn)
    {
        List<string> context = [$"Analysis Step: {turn.State.AnalysisStep + 1}", $"Previous Findings: {turn.State.Findings.Count}"];
        if (turn.State.Findings.Count > 0)
            context.AddRange(["Recent Findings:", .. turn.State.Findings.TakeLast(3).Select(finding => $"- {finding}")]);
        if (turn.Files.Count > 0)
            context.Add($"Files to analyze: {string.Join(", ", turn.Files)}");
        if (turn.History.Length > 0)
            context.Add($"\nConversation History:\n{turn.History}");
        return $"{string.Join('\n', context)}\n\nCurrent Request: {turn.Prompt}";
    }

    [GeneratedRegex(@"^\s*[-*]+\s*(.+)$", RegexOptions.Multiline)]
    private static partial Regex Bullet();
}
