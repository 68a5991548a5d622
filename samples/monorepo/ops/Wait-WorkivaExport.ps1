<#
.SYNOPSIS
Waits for an export when the portal is down.
#>
param(
    [Parameter(Mandatory)] [string] $OperationId
)

$headers = @{ Authorization = "Bearer $env:WORKIVA_TOKEN" }

do {
    Start-Sleep -Milliseconds 500
    $operation = Invoke-RestMethod -Uri "https://api.app.wdesk.com/platform/v1/operations/$OperationId" -Headers $headers
    Write-Host $operation.status
} until ($operation.status -in 'completed', 'failed', 'cancelled')

$operation.resourceUrl
