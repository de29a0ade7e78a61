/**
 * What restores, deletions, failovers and less common jobs are called, and states that few things have:
 * a row each, in German, French, Spanish and Japanese. The common ones stand in the table of each
 * language.
 */
const ROWS = {
	'AD Forest Restore': [
		'AD-Gesamtstruktur-Wiederherstellung',
		'Restauration de forêt AD',
		'Restauración de bosque de AD',
		'AD フォレストのリストア',
	],
	'Application Level Restore': [
		'Anwendungswiederherstellung',
		'Restauration d’application',
		'Restauración de aplicación',
		'アプリケーションレベルリストア',
	],
	'Azure Instant Recovery': [
		'Instant Recovery nach Azure',
		'Instant Recovery vers Azure',
		'Instant Recovery a Azure',
		'Azure へのインスタントリカバリ',
	],
	'Azure Instant Recovery Mount': [
		'Einbindung für Instant Recovery nach Azure',
		'Montage pour Instant Recovery vers Azure',
		'Montaje para Instant Recovery a Azure',
		'Azure へのインスタントリカバリのマウント',
	],
	'Cloud Director vApp Restore': [
		'Wiederherstellung einer Cloud Director-vApp',
		'Restauration de vApp Cloud Director',
		'Restauración de vApp de Cloud Director',
		'Cloud Director vApp のリストア',
	],
	'Cloud Director VM Restore': [
		'Wiederherstellung einer Cloud Director-VM',
		'Restauration de VM Cloud Director',
		'Restauración de VM de Cloud Director',
		'Cloud Director VM のリストア',
	],
	'Disk Restore': [
		'Festplattenwiederherstellung',
		'Restauration de disque',
		'Restauración de disco',
		'ディスクのリストア',
	],
	'Endpoint Restore': [
		'Endpunkt-Wiederherstellung',
		'Restauration de poste',
		'Restauración de equipo',
		'エンドポイントのリストア',
	],
	'Entra ID Restore': [
		'Entra ID-Wiederherstellung',
		'Restauration Entra ID',
		'Restauración de Entra ID',
		'Entra ID のリストア',
	],
	'Entra ID Restore From Copy': [
		'Entra ID-Wiederherstellung aus Kopie',
		'Restauration Entra ID depuis une copie',
		'Restauración de Entra ID desde copia',
		'コピーからの Entra ID のリストア',
	],
	'File Instant Recovery': [
		'Instant Recovery von Dateifreigaben',
		'Instant Recovery de partage de fichiers',
		'Instant Recovery de recurso compartido',
		'ファイル共有のインスタントリカバリ',
	],
	'First Class Disk Instant Restore': [
		'Instant Recovery einer First Class Disk',
		'Instant Recovery de First Class Disk',
		'Instant Recovery de First Class Disk',
		'First Class Disk のインスタントリカバリ',
	],
	'Instant Disk Recovery': [
		'Instant Recovery einer Festplatte',
		'Instant Recovery de disque',
		'Instant Recovery de disco',
		'ディスクのインスタントリカバリ',
	],
	'NAS Restore': [
		'NAS-Wiederherstellung',
		'Restauration NAS',
		'Restauración de NAS',
		'NAS のリストア',
	],
	'Publish Backup Content via Mount': [
		'Bereitstellung von Backup-Inhalten (Einbindung)',
		'Publication du contenu de sauvegarde (montage)',
		'Publicación de contenido de backup (montaje)',
		'バックアップ内容の公開 (マウント)',
	],
	'Publish Backup Content via NFS': [
		'Bereitstellung von Backup-Inhalten (NFS)',
		'Publication du contenu de sauvegarde (NFS)',
		'Publicación de contenido de backup (NFS)',
		'バックアップ内容の公開 (NFS)',
	],
	'Restore Agent Volumes': [
		'Volume-Wiederherstellung (Agent)',
		'Restauration de volumes d’agent',
		'Restauración de volúmenes de agente',
		'エージェントボリュームのリストア',
	],
	'Restore Recovery Appliance Volumes': [
		'Volume-Wiederherstellung (Recovery Appliance)',
		'Restauration de volumes (Recovery Appliance)',
		'Restauración de volúmenes (Recovery Appliance)',
		'リカバリアプライアンスボリュームのリストア',
	],
	'Restore VM': [
		'VM-Wiederherstellung',
		'Restauration de VM',
		'Restauración de VM',
		'VM のリストア',
	],
	'Retrieve Backup': [
		'Backup-Abruf',
		'Récupération de sauvegarde',
		'Recuperación de backup',
		'バックアップの取得',
	],
	'Unstructured Data Browse': [
		'Durchsuchen unstrukturierter Daten',
		'Exploration de données non structurées',
		'Exploración de datos no estructurados',
		'非構造化データの参照',
	],
	'Commit Failback': [
		'Bestätigung des Failbacks',
		'Validation de la restauration automatique',
		'Confirmación de la conmutación por recuperación',
		'フェイルバックのコミット',
	],
	'Failover Plan': [
		'Failover-Plan',
		'Plan de basculement',
		'Plan de conmutación',
		'フェイルオーバープラン',
	],
	'Planned Failover': [
		'Geplanter Failover',
		'Basculement planifié',
		'Conmutación planificada',
		'計画フェイルオーバー',
	],
	'Switch Replica to Production': [
		'Umschaltung vom Replikat zur Produktion',
		'Bascule du réplica vers la production',
		'Cambio de réplica a producción',
		'レプリカから本番への切り替え',
	],
	'Undo Failback': [
		'Rücknahme des Failbacks',
		'Annulation de la restauration automatique',
		'Anulación de la conmutación por recuperación',
		'フェイルバックの取り消し',
	],
	'Undo Failover': [
		'Rücknahme des Failovers',
		'Annulation du basculement',
		'Anulación de la conmutación',
		'フェイルオーバーの取り消し',
	],
	'Iris Backup': ['Iris-Backup', 'Sauvegarde Iris', 'Backup de Iris', 'Iris バックアップ'],
	'PostgreSQL Log Backup': [
		'PostgreSQL-Protokoll-Backup',
		'Sauvegarde des journaux PostgreSQL',
		'Backup de registros de PostgreSQL',
		'PostgreSQL ログバックアップ',
	],
	'Postgre SQL Log Backup': [
		'PostgreSQL-Protokoll-Backup',
		'Sauvegarde des journaux PostgreSQL',
		'Backup de registros de PostgreSQL',
		'PostgreSQL ログバックアップ',
	],
	'Replication Job': [
		'Replikationsjob',
		'Tâche de réplication',
		'Trabajo de replicación',
		'レプリケーションジョブ',
	],
	'SQL Server Log Backup': [
		'SQL Server-Protokoll-Backup',
		'Sauvegarde des journaux SQL Server',
		'Backup de registros de SQL Server',
		'SQL Server ログバックアップ',
	],
	'Endpoint Backup': [
		'Agent-Backup',
		'Sauvegarde d’agent',
		'Backup de agente',
		'エージェントバックアップ',
	],
	'File Server Save': [
		'Datei-Backup',
		'Sauvegarde de fichiers',
		'Backup de archivos',
		'ファイルバックアップ',
	],
	'Platform Backup Job': [
		'Backup-Job',
		'Tâche de sauvegarde',
		'Trabajo de backup',
		'バックアップジョブ',
	],
	'Unstructured Data Backup Copy': [
		'Datei-Backup-Kopie',
		'Copie de sauvegarde de fichiers',
		'Copia de backup de archivos',
		'ファイルバックアップコピー',
	],
	'Entra ID Audit Log Backup': [
		'Backup der Entra ID-Überwachungsprotokolle',
		'Sauvegarde des journaux d’audit Entra ID',
		'Backup de registros de auditoría de Entra ID',
		'Entra ID 監査ログバックアップ',
	],
	'Entra ID Tenant Backup Copy': [
		'Entra ID-Mandanten-Backup-Kopie',
		'Copie de sauvegarde de tenant Entra ID',
		'Copia de backup de inquilino de Entra ID',
		'Entra ID テナントバックアップコピー',
	],
	'Legacy Backup Copy': [
		'Backup-Kopie (alte Art)',
		'Copie de sauvegarde (ancienne)',
		'Copia de backup (antigua)',
		'旧バックアップコピー',
	],
	'Simple Backup Copy': [
		'Einfache Backup-Kopie',
		'Copie de sauvegarde simple',
		'Copia de backup simple',
		'シンプルバックアップコピー',
	],
	'SureBackup Content Scan': [
		'SureBackup-Inhaltsprüfung',
		'Analyse de contenu SureBackup',
		'Análisis de contenido de SureBackup',
		'SureBackup コンテンツスキャン',
	],
	'Cloud Backup Azure': [
		'Cloud-Backup (Azure)',
		'Sauvegarde cloud Azure',
		'Backup en la nube de Azure',
		'Azure クラウドバックアップ',
	],
	'Cloud Backup AWS': [
		'Cloud-Backup (AWS)',
		'Sauvegarde cloud AWS',
		'Backup en la nube de AWS',
		'AWS クラウドバックアップ',
	],
	'Cloud Backup Google': [
		'Cloud-Backup (Google)',
		'Sauvegarde cloud Google',
		'Backup en la nube de Google',
		'Google クラウドバックアップ',
	],
	'AWS Backup Job': [
		'AWS-Backup-Job',
		'Tâche de sauvegarde AWS',
		'Trabajo de backup de AWS',
		'AWS バックアップジョブ',
	],
	'Azure Backup Job': [
		'Azure-Backup-Job',
		'Tâche de sauvegarde Azure',
		'Trabajo de backup de Azure',
		'Azure バックアップジョブ',
	],
	'Google Backup Job': [
		'Google-Backup-Job',
		'Tâche de sauvegarde Google',
		'Trabajo de backup de Google',
		'Google バックアップジョブ',
	],
	'Windows Agent Backup Workstation Policy': [
		'Windows-Agent-Richtlinie für Workstations',
		'Politique d’agent Windows pour postes de travail',
		'Directiva de agente Windows para estaciones de trabajo',
		'Windows エージェントポリシー (ワークステーション)',
	],
	'Windows Agent Backup Server Policy': [
		'Windows-Agent-Richtlinie für Server',
		'Politique d’agent Windows pour serveurs',
		'Directiva de agente Windows para servidores',
		'Windows エージェントポリシー (サーバー)',
	],
	'Windows Agent Backup Failover Cluster': [
		'Windows-Agent-Backup für Failovercluster',
		'Sauvegarde d’agent Windows pour cluster de basculement',
		'Backup de agente Windows para clúster de conmutación',
		'Windows エージェントバックアップ (フェイルオーバークラスター)',
	],
	'Linux Agent Backup Workstation Policy': [
		'Linux-Agent-Richtlinie für Workstations',
		'Politique d’agent Linux pour postes de travail',
		'Directiva de agente Linux para estaciones de trabajo',
		'Linux エージェントポリシー (ワークステーション)',
	],
	'Linux Agent Backup Server Policy': [
		'Linux-Agent-Richtlinie für Server',
		'Politique d’agent Linux pour serveurs',
		'Directiva de agente Linux para servidores',
		'Linux エージェントポリシー (サーバー)',
	],
	'Nutanix AHV Backup Job': [
		'Nutanix AHV-Backup-Job',
		'Tâche de sauvegarde Nutanix AHV',
		'Trabajo de backup de Nutanix AHV',
		'Nutanix AHV バックアップジョブ',
	],
	'Proxmox Backup Job': [
		'Proxmox-Backup-Job',
		'Tâche de sauvegarde Proxmox',
		'Trabajo de backup de Proxmox',
		'Proxmox バックアップジョブ',
	],
	'Ahv Storage Snapshot Job': [
		'AHV-Speichersnapshot-Job',
		'Tâche de snapshot de stockage AHV',
		'Trabajo de instantánea de almacenamiento AHV',
		'AHV ストレージスナップショットジョブ',
	],
	'Backup File Copy': [
		'Kopie von Backup-Dateien',
		'Copie de fichiers de sauvegarde',
		'Copia de archivos de backup',
		'バックアップファイルのコピー',
	],
	'CDP Replication VM': [
		'CDP-Replikation von VMs',
		'Réplication CDP de VM',
		'Replicación CDP de VM',
		'VM の CDP レプリケーション',
	],
	'Copy File': ['Dateikopie', 'Copie de fichiers', 'Copia de archivos', 'ファイルのコピー'],
	'Copy Job': ['Kopierjob', 'Tâche de copie', 'Trabajo de copia', 'コピージョブ'],
	'Object Storage Backup Copy': [
		'Objektspeicher-Backup-Kopie',
		'Copie de sauvegarde de stockage objet',
		'Copia de backup de almacenamiento de objetos',
		'オブジェクトストレージバックアップコピー',
	],
	'Sobr Maintenance': [
		'Wartung des Scale-Out-Repositorys',
		'Maintenance du référentiel scale-out',
		'Mantenimiento del repositorio de escalabilidad horizontal',
		'スケールアウトリポジトリのメンテナンス',
	],
	Ready: ['Bereit', 'Prêt', 'Listo', '準備完了'],
	Processing: ['In Bearbeitung', 'En cours de traitement', 'En proceso', '処理中'],
	'Ready to Switch': [
		'Bereit zum Umschalten',
		'Prêt à basculer',
		'Listo para cambiar',
		'切り替え可能',
	],
	'Tenant Evacuating': [
		'Mandant wird evakuiert',
		'Évacuation du tenant',
		'Evacuación de inquilino',
		'テナントの退避中',
	],
	'In Undo Progress': [
		'Wird rückgängig gemacht',
		'Annulation en cours',
		'Anulación en curso',
		'取り消し中',
	],
	Clean: ['Bereinigt', 'Sain', 'Limpio', 'クリーン'],
	'YARA Scan': ['YARA-Scan', 'Analyse YARA', 'Análisis YARA', 'YARA スキャン'],
	'License Revoked': [
		'Lizenz entzogen',
		'Licence révoquée',
		'Licencia revocada',
		'ライセンス取り消し済み',
	],
	'Backup Policy Removed': [
		'Backup-Richtlinie entfernt',
		'Politique de sauvegarde supprimée',
		'Directiva de backup eliminada',
		'バックアップポリシーの削除',
	],
	'Backup Server Resource Removed': [
		'Backup-Server-Ressource entfernt',
		'Ressource de serveur de sauvegarde supprimée',
		'Recurso de servidor de backup eliminado',
		'バックアップサーバーリソースの削除',
	],
	'Company Deleted': [
		'Unternehmen gelöscht',
		'Entreprise supprimée',
		'Empresa eliminada',
		'企業の削除',
	],
	'Company Location Removed': [
		'Standort des Unternehmens entfernt',
		'Site de l’entreprise supprimé',
		'Ubicación de la empresa eliminada',
		'企業の拠点の削除',
	],
	'Company User Removed': [
		'Benutzer des Unternehmens entfernt',
		'Utilisateur de l’entreprise supprimé',
		'Usuario de la empresa eliminado',
		'企業ユーザーの削除',
	],
	'Management Agent Deleted': [
		'Management-Agent gelöscht',
		'Agent de gestion supprimé',
		'Agente de administración eliminado',
		'管理エージェントの削除',
	],
	'Public Cloud Account Deleted': [
		'Public-Cloud-Konto gelöscht',
		'Compte de cloud public supprimé',
		'Cuenta de nube pública eliminada',
		'パブリッククラウドアカウントの削除',
	],
	'Public Cloud Appliance Deleted': [
		'Public-Cloud-Appliance gelöscht',
		'Appliance de cloud public supprimée',
		'Dispositivo de nube pública eliminado',
		'パブリッククラウドアプライアンスの削除',
	],
	'Reseller Deleted': [
		'Reseller gelöscht',
		'Revendeur supprimé',
		'Revendedor eliminado',
		'リセラーの削除',
	],
	'Tenant Removed': [
		'Mandant entfernt',
		'Tenant supprimé',
		'Inquilino eliminado',
		'テナントの削除',
	],
	'User Record Removed': [
		'Benutzereintrag entfernt',
		'Enregistrement d’utilisateur supprimé',
		'Registro de usuario eliminado',
		'ユーザーレコードの削除',
	],
	'Company Restored': [
		'Unternehmen wiederhergestellt',
		'Entreprise restaurée',
		'Empresa restaurada',
		'企業の復元',
	],
	'Unknown job': ['Unbekannter Job', 'Tâche inconnue', 'Trabajo desconocido', '不明なジョブ'],
	Object: ['Objekt', 'Objet', 'Objeto', 'オブジェクト'],
} as const;

export type Kind = keyof typeof ROWS;

export const KINDS = Object.keys(ROWS) as Kind[];

const COLUMNS = ['de', 'fr', 'es', 'ja'] as const;

/** The words of one language. */
export function kindsIn(language: (typeof COLUMNS)[number]): Record<Kind, string> {
	const column = COLUMNS.indexOf(language);
	return Object.fromEntries(KINDS.map((kind) => [kind, ROWS[kind][column]])) as Record<
		Kind,
		string
	>;
}
