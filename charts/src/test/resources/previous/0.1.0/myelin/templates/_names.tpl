{{/* Names and labels that several templates use. */}}

{{- define "myelin.labels" -}}
{{ include "myelin.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: myelin
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "myelin.selector" -}}
app.kubernetes.io/name: myelin
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "myelin.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "myelin.serviceAccount" -}}
{{ .Values.serviceAccount.name | default (.Values.serviceAccount.create | ternary "myelin" "default") }}
{{- end }}

{{/* Secret of what the gateway shows, and of what processes show to each other; empty = none. */}}
{{- define "myelin.gatewaySecret" -}}
{{ .Values.tls.gateway.secretName | default (.Values.tls.gateway.certManager.enabled | ternary "myelin-gateway-tls" "") }}
{{- end }}
{{- define "myelin.callsSecret" -}}
{{ .Values.tls.calls.secretName | default (.Values.tls.calls.certManager.enabled | ternary "myelin-calls-tls" "") }}
{{- end }}

{{/* Core pods: as many as asked for, and one more for each so many nodes. */}}
{{- define "myelin.replicas" -}}
{{- $more := 0 -}}
{{- if gt (int .Values.core.nodesPerReplica) 0 -}}
{{- $nodes := int .Values.core.nodes -}}
{{- if eq $nodes 0 -}}
{{- $nodes = len ((lookup "v1" "Node" "" "").items | default list) -}}
{{- end -}}
{{- $more = div $nodes (int .Values.core.nodesPerReplica) -}}
{{- end -}}
{{ add (int .Values.core.replicas) $more }}
{{- end }}

{{- define "myelin.policyVersion" -}}
{{ .Capabilities.APIVersions.Has "policy/v1" | ternary "policy/v1" "policy/v1beta1" }}
{{- end }}

{{/* What makes a container safe to run beside others', as any user. */}}
{{- define "myelin.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}
{{- define "myelin.podSecurity" -}}
runAsNonRoot: true
seccompProfile: {type: RuntimeDefault}
{{- end }}
