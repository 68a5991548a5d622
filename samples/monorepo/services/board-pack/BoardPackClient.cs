using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Threading.Tasks;

namespace Larkfield.BoardPack;

/// <summary>Moved to version 2026-01-01 in October, path and header together.</summary>
public sealed class BoardPackClient
{
    private readonly HttpClient http = new() { BaseAddress = new Uri("https://api.app.wdesk.com") };

    public BoardPackClient(string token)
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        http.DefaultRequestHeaders.Add("X-Version", "2026-01-01");
    }

    public async Task<Operation> WaitAsync(string operationId)
    {
        while (true)
        {
            using var answer = await http.GetAsync($"/operations/{operationId}");
            answer.EnsureSuccessStatusCode();
            var operation = await answer.Content.ReadFromJsonAsync<Operation>();
            if (operation!.Status is "completed" or "failed" or "cancelled") return operation;
            await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
        }
    }
}

public sealed record Operation(string Id, string Status, string? ResourceUrl);
